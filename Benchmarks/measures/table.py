"""Tables in Markdown, and the numbers in them."""

import statistics


def median(values):
    return statistics.median(values)


def spread(values):
    """The median with the least and the most: « 4,210 (3,900–4,400) »."""
    return f"{number(median(values))} ({number(min(values))}–{number(max(values))})"


def number(value):
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def table(columns, rows):
    lines = [columns, ["---"] + ["---:"] * (len(columns) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def write(machine, sections):
    parts = ["# What was measured", machine]
    parts += [f"## {title}\n\n{text}" for title, text in sections]
    return "\n\n".join(parts) + "\n"
