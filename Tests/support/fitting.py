"""What does not fit on a page: what moves while it loads, runs off the side, is cut off, or lies over a neighbour."""

from support.visits import Visit

# Shifts since the page was asked for, each with what moved (Layout Instability API); nobody has touched anything yet.
SHIFTS = """() => new Promise((resolve) => {
    const name = (element) => element?.nodeType === 1 ? element.outerHTML.slice(0, 120) : String(element?.nodeName);
    const observer = new PerformanceObserver(() => {});
    observer.observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => {
        resolve(observer.takeRecords().map(({value, sources}) =>
            `${value.toFixed(4)}: ${sources.map(({node}) => name(node)).join(" | ")}`));
        observer.disconnect();
    }));
})"""

# What makes the page wider than the window: the innermost of what reaches over its edge.
RUNS_OFF = """() => {
    const {scrollWidth, clientWidth} = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()
        && !one.closest("svg *") && one.getBoundingClientRect().right > clientWidth + 0.5);
    const inner = wide.filter((one) => !wide.some((other) => other !== one && one.contains(other)));
    return [`${scrollWidth} instead of ${clientWidth}: ${inner.slice(0, 3).map((one) => one.outerHTML.slice(0, 100))}`];
}"""

# Text that is wider or higher than what shows it, where one cannot scroll to the rest; an ellipsis tells of it, and
# what only screen readers get is cut on purpose.
CUT_OFF = """() => {
    const faults = [];
    for (const element of document.querySelectorAll("body *")) {
        const style = getComputedStyle(element);
        const hides = [style.overflowX, style.overflowY].map((kind) => kind === "hidden" || kind === "clip");
        const tells = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
        if (!hides.some(Boolean) || tells || !element.checkVisibility()) continue;
        if (element.closest(".unseen, svg, [inert]") || !element.innerText?.trim()) continue;
        const wide = hides[0] && element.scrollWidth > element.clientWidth + 1;
        const high = hides[1] && element.scrollHeight > element.clientHeight + 1;
        if (wide || high) faults.push(`cut off: ${element.outerHTML.slice(0, 160)}`);
    }
    return faults;
}"""

# Two things to press that share a place. What floats over the page passes over others on purpose; a link of several
# lines is as many boxes.
OVERLAPS = """() => {
    const root = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
    const floats = (element) => {
        for (let one = element; one && one !== root; one = one.parentElement)
            if (["sticky", "fixed"].includes(getComputedStyle(one).position)) return true;
        return false;
    };
    // A button may stand in its field, where nothing is written.
    const boxes = (one) => [...one.getClientRects()].map(({left, top, width, height}) => {
        if (!one.matches("input, textarea")) return new DOMRect(left, top, width, height);
        const {paddingLeft, paddingRight} = getComputedStyle(one);
        const [before, after] = [parseFloat(paddingLeft), parseFloat(paddingRight)];
        return new DOMRect(left + before, top, width - before - after, height);
    });
    const seen = [...root.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
        .filter((one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
        .filter((one) => !one.closest(".unseen, [inert]") && !floats(one))
        .map((one) => [one, boxes(one).filter(({width, height}) => width > 1 && height > 1)]);
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    const faults = [];
    for (const [index, [one, places]] of seen.entries()) for (const [other, others] of seen.slice(index + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        if (places.some((place) => others.some((second) => meet(place, second))))
            faults.push(`lie over each other: ${one.outerHTML.slice(0, 100)} and ${other.outerHTML.slice(0, 100)}`);
    }
    return faults;
}"""


def shifts(visit: Visit) -> list[str]:
    visit.page.evaluate("document.fonts.ready.then(() => true)")
    return visit.page.evaluate(SHIFTS)


def misfits(visit: Visit) -> list[str]:
    """What does not fit at the present width and size of text."""
    return [fault for question in (RUNS_OFF, CUT_OFF, OVERLAPS) for fault in visit.page.evaluate(question)]
