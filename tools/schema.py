"""Write resources/records.schema.json, the JSON Schema of records, from the model: python tools/schema.py."""

import json
from pathlib import Path

from jiaozhu.records import json_schema

SCHEMA = Path(__file__).resolve().parent.parent / "resources" / "records.schema.json"


def generated() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(generated(), "utf-8")
    print(SCHEMA.name, "written")
