#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Dependencies go in one direction: each module includes only what stands before it, and files
never include each other in a circle. Changing the table below changes the architecture."""

from source_tree import files, includes, report, resolve

CHAIN = ["base", "types", "sql", "compile", "pool", "engine"]
# What any file may include and what includes nothing of Azoth: declarations and numbers.
EVERYWHERE = {"fwd.hpp", "version.hpp"}
BEYOND_CHAIN = {
    "dialects": set(),
    "drivers": {"own dialect"},
    "orm": set(),
    "ext": {"orm"},
    "migrate": set(),
    "codegen": set(),
    "testing": {"dialects", "drivers", "orm", "ext", "migrate", "codegen"},
    "cli": {"dialects", "drivers", "orm", "ext", "migrate", "codegen", "testing"},
}
# A driver speaks the dialect of its database; ODBC those of all.
DIALECTS_OF_DRIVER = {"sqlite3": {"sqlite"}, "libpq": {"postgresql"}, "mariadb": {"mysql"},
                      "odbc": {"dialects", "sqlite", "postgresql", "mysql"}}


def place(path):
    """(module, name in it) of a file in include/azoth or src; ("", file) for those at the top."""
    parts = path.parts[2:] if path.parts[0] == "include" else path.parts[1:]
    if len(parts) == 1:
        return "", parts[0]
    return parts[0], parts[1].split(".")[0]


def refusal(source, target):
    """Why `source` may not include `target`, or None."""
    module, name = place(source)
    other, other_name = place(target)
    if module == "":
        if name in EVERYWHERE and target != source:
            return f"{name} includes nothing of Azoth"
        return None  # Umbrella headers include what they like.
    if other == "":
        return None if other_name in EVERYWHERE else "umbrella headers are for applications"
    if module == "dialects" and other == "dialects" and name == "dialects":
        return None  # the list of them all
    if other == module and (module not in ("dialects", "drivers") or other_name == name):
        return None
    if module in CHAIN:
        allowed = CHAIN[:CHAIN.index(module)]
        return None if other in allowed else f"{module} may include {', '.join(allowed) or 'nothing'}"
    if module not in BEYOND_CHAIN:
        return f"module {module} is not in the table of tools/check_layers.py"
    if other in CHAIN or other in BEYOND_CHAIN[module]:
        return None
    if module == "drivers" and other == "dialects" and other_name in DIALECTS_OF_DRIVER.get(name, ()):
        return None
    return f"{module}/{name} may include the chain and {sorted(BEYOND_CHAIN[module]) or 'nothing else'}"


def find_cycle(graph):
    """One circle of includes as a list of files, or None."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        for target in graph.get(node, ()):
            cycle = visit(target)
            if cycle:
                return cycle
        path.pop()
        done.add(node)
        return None

    for node in sorted(graph):
        cycle = visit(node)
        if cycle:
            return cycle
    return None


def main():
    violations, graph = [], {}
    for path in files("include", "src", suffixes={".hpp", ".cpp"}):
        graph[path] = []
        for number, in_angles, name in includes(path):
            target = resolve(path, name)
            if target is None:
                if name.startswith("azoth/") or not in_angles:
                    violations.append(f"{path}:{number}: {name} does not exist")
                continue
            graph[path].append(target)
            reason = refusal(path, target)
            if reason:
                violations.append(f"{path}:{number}: must not include {name}: {reason}")
            if path.parts[0] == "include" and target.parts[0] == "src":
                violations.append(f"{path}:{number}: a public header must not include the private "
                                  f"header {name}")
    cycle = find_cycle(graph)
    if cycle:
        violations.append("files include each other in a circle: " + " -> ".join(map(str, cycle)))
    report(violations, f"{len(graph)} files keep the layers")


if __name__ == "__main__":
    main()
