"""What a worker cannot read or hit on a page, by WCAG 2.2, level AA: criteria 1.4.3 (contrast) and 2.5.8 (targets).

Source: W3C Recommendation of 5 October 2023, with its definitions of relative luminance and of large text.
"""

from playwright.sync_api import Page

UNREADABLE = """() => {
    const ink = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const parts = (colour) => {  // as red, green, blue, 0 to 255, and alpha
        ink.clearRect(0, 0, 1, 1);
        ink.fillStyle = colour;
        ink.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = ink.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };
    const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
    const ground = (node) => {
        if (!node) return parts(getComputedStyle(document.documentElement).colorScheme === "dark" ? "black" : "white");
        const own = parts(getComputedStyle(node).backgroundColor);
        return own[3] === 1 ? own : over(own, ground(node.parentElement));
    };
    const linear = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const contrast = (one, two) => {
        const [dark, light] = [luminance(one), luminance(two)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const faults = [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const node = words.currentNode.parentElement, text = words.currentNode.data.trim();
        if (!text || !shown(node) || node.closest(":disabled, script, style")) continue;
        const style = getComputedStyle(node), size = parseFloat(style.fontSize);
        const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
        const behind = ground(node);
        // Letters of a drawing are filled, not coloured.
        const front = over(parts(node instanceof SVGElement ? style.fill : style.color), behind);
        const ratio = contrast(front, behind);
        if (ratio < least) faults.push(`${text}: ${ratio.toFixed(2)} to 1, not ${least}`);
    }
    for (const node of document.querySelectorAll("button, a[href], input, select, textarea, summary")) {
        const { width, height } = node.getBoundingClientRect();
        if (shown(node) && width && (width < 24 || height < 24)) faults.push(`${node.outerHTML}: ${width} x ${height}`);
    }
    return faults;
}"""


def unreadable(page: Page) -> list[str]:
    """Texts with too little contrast to what is behind them, and targets too small to hit, in light and in dark."""
    faults: list[str] = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        faults += [f"{scheme}: {fault}" for fault in page.evaluate(UNREADABLE)]
    return faults
