"""What takes too long for each day: a thousand kills, two thousand spoilt projects, each write failing."""

import os
import sys

import pytest

TESTS = ("tests/store/test_kill.py", "tests/store/test_mutants.py", "tests/store/test_faulty_disk.py")

if __name__ == "__main__":
    os.environ |= {"JIAOZHU_KILLS": "1000", "JIAOZHU_MUTANTS": "2000", "JIAOZHU_WRITES": "200"}
    sys.exit(pytest.main([*TESTS, "-x", "--durations=0"]))
