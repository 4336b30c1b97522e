"""The built program, asked through `decoy batch`."""

import json
import subprocess


class Failure(Exception):
    """The program refused a statement."""


class Decoy:
    """One session."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def ask(self, program):
        """The rows of the last statement, each as a dictionary."""
        self.process.stdin.write(json.dumps({"program": program}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the program ended at: {program} (status {self.process.wait()})")
        answer = json.loads(line)
        if not answer["ok"]:
            raise Failure(f"{program}: {answer['errors'][0]['message']}")
        names = [column["name"] for column in answer["columns"]]
        return [dict(zip(names, row)) for row in answer["rows"]]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
