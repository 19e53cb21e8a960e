"""Prints what four scanners say of the same files, and fails where ours misses what another finds."""

import contextlib, importlib.metadata, io, json, logging, pathlib, sys

from aisbom.scanner import DeepScanner
from modelscan.modelscan import ModelScan
from picklescan.scanner import scan_file_path

# What another scanner finds and `smcard scan` does not, and why.
REASONS = {
    "gguf/model.gguf": "`__init__` stands in the text of the template, outside of all that is evaluated",
    "bypass/shadowpickle-allowlist-overwrite/model.pt": "it imports `collections.OrderedDict` alone, as every checkpoint "
    "does; aisbom-cli says no more of it than of any pickle",
    "other/noise.bin": "it is numbers and no model; aisbom-cli goes by the name, and finds nothing in it",
}

# The same of damaged files, where it is clean.
DAMAGED = {
    "bypass/cve-2025-10155-extension-confusion/model.bin/cut-4.bin": "too little is left to be anything; aisbom-cli goes "
    "by the name",
    "bypass/cve-2025-10155-extension-confusion/model.bin/cut-9.bin": "the same",
    "numpy/system.npz/turned-186.npz": "the member is no array any more, so that NumPy gives its bytes",
    "pickle/attrgetter-of-import.pkl/turned-9.pkl": "it imports a module that there cannot be, and Python reads no further",
    "pickle/no-such-protocol.pkl/turned-2.pkl": "Python reads no such protocol, and no reader an opcode that there is none of",
    "pickle/no-such-protocol.pkl/turned-27.pkl": "the same",
    "pickle/no-such-protocol.pkl/turned-22.pkl": "the same",
    "pickle/obj.pkl/turned-14.pkl": "no module has such a name, and Python reads no further",
    "pickle/number-with-end.pkl/turned-5.pkl": "an opcode that there is none of stands before all that is harmful",
}

logging.disable(logging.CRITICAL)


def quietly(scan):
    """What a scanner says, whatever it prints; an error of its own is no finding."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return scan()
    except Exception as error:
        return type(error).__name__


def picklescan(file):
    result = scan_file_path(str(file))
    if result.issues_count:
        return "found"
    return "error" if result.scan_err else "-" if result.scanned_files else "skipped"


def modelscan(file):
    scanner = ModelScan()
    results = scanner.scan(file)
    if results["summary"]["total_issues"]:
        return "found"
    if results["errors"]:
        return "error"
    return "-" if results["summary"]["scanned"]["total_scanned"] else "skipped"


def aisbom(file):
    result = DeepScanner(str(file)).scan()
    levels = [str(artifact.get("risk_level", "")) for artifact in result["artifacts"]]
    if any(level.startswith(("CRITICAL", "HIGH")) for level in levels):
        return "found"
    if not levels:
        return "skipped"
    return "-" if all(level.startswith(("LOW", "MEDIUM")) for level in levels) else "error"


def main():
    corpus, ours = pathlib.Path(sys.argv[1]), json.loads(pathlib.Path(sys.argv[2]).read_text())
    rank = {"dangerous": 3, "unsound": 2, "suspicious": 1}
    said = {}
    for file in ours["files"]:
        worst = max((finding["severity"] for finding in file["findings"]), key=rank.get, default="clean")
        said[str(pathlib.Path(file["file"]).relative_to(corpus))] = worst
    scanners = {"picklescan": picklescan, "modelscan": modelscan, "aisbom-cli": aisbom}
    versions = [f"{name} {importlib.metadata.version(name)}" for name in scanners]
    print(f"{'file':52}{'expected':12}{'smcard scan':13}" + "".join(f"{version:20}" for version in versions))
    wrong, caught = [], dict.fromkeys(["smcard scan", *scanners], 0)
    expected = json.loads((corpus / "expected.json").read_text())
    for name in sorted(said):
        if name.startswith("bypass/"):
            harmless = name.startswith("bypass/harmless-")
            expected.append({"file": name, "verdict": "clean" if harmless or name in REASONS else "dangerous"})
    for case in expected:
        name = case["file"]
        others = {scanner: quietly(lambda: scan(corpus / name)) for scanner, scan in scanners.items()}
        print(f"{name:52}{case['verdict']:12}{said[name]:13}" + "".join(f"{verdict:20}" for verdict in others.values()))
        if said[name] != case["verdict"]:
            wrong.append(f"{name}: expected {case['verdict']}, and it is {said[name]}")
        for scanner, verdict in others.items():
            caught[scanner] += case["verdict"] == "dangerous" and verdict == "found"
            if verdict == "found" and said[name] in ("clean", "suspicious") and name not in REASONS:
                wrong.append(f"{name}: {scanner} finds something, and smcard scan does not")
        caught["smcard scan"] += case["verdict"] == "dangerous" and said[name] == "dangerous"
    damaged = sorted(name for name in said if name.startswith("damaged/"))
    found = dict.fromkeys(scanners, 0)
    for name in damaged:
        original = str(pathlib.Path(name).parent.relative_to("damaged"))
        for scanner, scan in scanners.items():
            verdict = quietly(lambda: scan(corpus / name))
            found[scanner] += verdict == "found"
            known = original in REASONS or name.removeprefix("damaged/") in DAMAGED
            if verdict == "found" and said[name] == "clean" and not known:
                wrong.append(f"{name}: {scanner} finds something, and smcard scan does not")
    cleared = sum(said[name] == "clean" for name in damaged)
    harmful = sum(case["verdict"] == "dangerous" for case in expected)
    print("\nof", harmful, "harmful files are found:", ", ".join(f"{name} {count}" for name, count in caught.items()))
    print("of", len(damaged), "that are damaged,", len(damaged) - cleared, "are not clean by smcard scan;", end=" ")
    print("something is found by", ", ".join(f"{name} in {count}" for name, count in found.items()))
    for name, reason in {**REASONS, **DAMAGED}.items():
        print(f"{name} is not found by smcard scan: {reason}")
    if wrong:
        sys.exit("\n".join(wrong))


main()
