"""What types, states, fields and their values are called on the screen."""

from __future__ import annotations

from jiaozhu.i18n import gettext as _
from jiaozhu.model import Action, State

TYPES = {"metric": _("指标"), "commitment": _("承诺")}

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
    "start": _("起点"),
    "end": _("终点"),
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

#: Signs before a value; a range has its own form.
COMPARATORS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "≈"}
