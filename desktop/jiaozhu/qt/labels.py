"""What types, states, fields and their values are called on the screen."""

from __future__ import annotations

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, AnyAnnotation, State

FLAG = "⚑"

TYPES = {"metric": _("指标"), "commitment": _("承诺"), "speech": _("讲话"), "metadata": _("文档")}

STATES = {
    State.SUGGESTED: _("建议"),
    State.ACCEPTED: _("已采纳"),
    State.CORRECTED: _("已更正"),
    State.REJECTED: _("已驳回"),
    State.ADDED: _("新增"),
}

#: A sign for each state, so that colour is never the only one.
SIGNS = {
    State.SUGGESTED: "○",
    State.ACCEPTED: "✓",
    State.CORRECTED: "✎",
    State.REJECTED: "✕",
    State.ADDED: "＋",
}

ACTIONS = {
    Action.ACCEPT: _("采纳"),
    Action.CORRECT: _("更正"),
    Action.REJECT: _("驳回"),
    Action.ADD: _("新增"),
    Action.SKIP: _("搁置"),
    Action.UNDO: _("撤销"),
    Action.REDO: _("重做"),
    Action.MOVE: _("随讲话变动"),
    Action.FLAG: _("标记"),
    Action.NOTE: _("备注"),
    Action.CARRY: _("沿用旧版的决定"),
}

FIELDS = {
    "indicator": _("指标名"),
    "value": _("数值"),
    "value_high": _("上限"),
    "unit": _("单位"),
    "comparator": _("比较"),
    "kind": _("类别"),
    "basis": _("比较基准"),
    "period": _("期间"),
    "scope": _("排名范围"),
    "region": _("地区"),
    "status": _("性质"),
    "strength": _("语气"),
    "deadline": _("期限"),
    "flagged": _("标记"),
    "note": _("备注"),
    "start": _("起点"),
    "end": _("终点"),
    "title": _("标题"),
    "publisher": _("发布者"),
    "date": _("日期"),
    "url": _("网址"),
    "speaker": _("讲话人"),
    "office": _("职务"),
    "heading": _("小标题"),
}

#: By annotation type, field and stored value.
VALUES: dict[str, dict[str, dict[str, str]]] = {
    "metric": {
        "comparator": {
            "=": _("等于"),
            ">": _("超过"),
            ">=": _("不低于"),
            "<": _("不到"),
            "<=": _("不超过"),
            "~": _("约"),
            "range": _("区间"),
        },
        "kind": {
            "level": _("总量"),
            "count": _("数量"),
            "growth": _("增速"),
            "change": _("增减"),
            "share": _("占比"),
            "ratio": _("倍数"),
            "rank": _("位次"),
            "streak": _("连续"),
        },
        "basis": {
            "yoy": _("同比"),
            "qoq": _("季环比"),
            "mom": _("月环比"),
            "cagr": _("年均"),
            "cumulative": _("累计"),
            "other": _("其他"),
        },
        "status": {
            "actual": _("实绩"),
            "estimate": _("预计"),
            "target": _("目标"),
            "planned": _("计划规模"),
        },
    },
    "commitment": {
        "strength": {"firm": _("确保"), "aim": _("力争"), "plan": _("计划")},
        "kind": {
            "quantified": _("量化"),
            "deliverable": _("可交付"),
            "directional": _("方向性"),
        },
    },
}

#: What the extractor's rules are about: of metrics the type of the quantity, of commitments the head.
RULES = {
    "money": _("金额"),
    "measure": _("计量"),
    "percent": _("百分数"),
    "point": _("百分点"),
    "count": _("计数"),
    "big": _("大数"),
    "multiple": _("倍"),
    "duration": _("时长"),
    "digits": _("位数"),
    "rank": _("名次"),
    "streak": _("连续期"),
    "target": _("达到目标"),
    "run": _("推进"),
    "make": _("建设"),
    "set": _("设立"),
    "event": _("举办"),
    "shape": _("改善"),
    "trend": _("增减"),
    "result": _("取得"),
    "manner": _("语气词"),
    "unknown": _("其他"),
}

#: Why characters of a source are not in the text, by the reasons of reading.content.
DROPPED = {
    "page number": _("页码"),
    "running head": _("页眉页脚"),
    "mark of a note": _("注释号"),
    "viewer button": _("阅读器按钮"),
    "invisible character": _("不可见字符"),
    "hidden": _("隐藏文字"),
    "deleted": _("修订中删去"),
    "comment": _("批注"),
    "gloss": _("注音"),
    "form": _("表单"),
    "beside the text": _("正文以外"),
    "not recognised": _("未能识别"),
}

#: Signs before a value; a range has its own form.
COMPARATORS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "≈"}


def rule(name: str) -> str:
    """Return what a rule of the extractor is called: 金额·总量, 推进; one without a name here as it is."""
    what, _dot, kind = name.partition(".")
    kind = VALUES["metric"]["kind"].get(kind, kind)
    return "·".join(part for part in (RULES.get(what, what), kind) if part)


def remark(annotation: AnyAnnotation) -> str:
    """Return the sign of the flag and the note of an annotation, empty if it has neither."""
    sign = FLAG if annotation.flagged else ""
    return "  ".join(part for part in (sign, annotation.note or (_("有标记") if sign else "")) if part)
