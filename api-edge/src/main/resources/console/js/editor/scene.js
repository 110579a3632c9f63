// The poster as the browser can draw it from its layers and elements: near enough to see where things go. The real picture is drawn by the
// model's own hands and fonts.
import { html, nothing, svg } from "../../vendor/lit.js";

/**
 * @param {import("./model.js").Model} model
 * @param {{label: string, onPick: (id: string) => void, onDrag: (event: PointerEvent, id: string) => void, onKey: (event: KeyboardEvent) => void}} hands
 */
export function scene(model, hands) {
  const { width, height } = model.poster;
  return html`<svg
    class="scene"
    viewBox=${`0 0 ${width} ${height}`}
    width=${width}
    height=${height}
    role="application"
    aria-label=${hands.label}
    tabindex="0"
    @keydown=${hands.onKey}
  >
    ${model.layers
      .filter((layer) => layer.visible)
      .map((layer) => svg`<g opacity=${layer.opacity ?? 1}>${model.of(layer).filter((element) => element.visible).map((element) => one(element, hands))}</g>`)}
    ${frame(model)}
  </svg>`;
}

function one(element, hands) {
  const free = element.selectable !== false && !element.locked;
  return svg`<g
    data-element=${element.id}
    class=${free ? "free" : "fixed"}
    opacity=${element.style?.opacity ?? 1}
    transform=${turned(element.transform)}
    @pointerdown=${free ? (event) => hands.onDrag(event, element.id) : nothing}
  >${drawn(element)}</g>`;
}

function turned({ x = 0, y = 0, width = 0, height = 0, rotation = 0, scale_x: sx = 1, scale_y: sy = 1 }) {
  const turn = rotation ? ` rotate(${rotation} ${width / 2} ${height / 2})` : "";
  const scale = sx !== 1 || sy !== 1 ? ` scale(${sx} ${sy})` : "";
  return `translate(${x} ${y})${turn}${scale}`;
}

function drawn(element) {
  if (element.type === "text") {
    return text(element);
  }
  return element.type === "image" ? image(element) : shape(element);
}

function image({ transform: { width, height }, content }) {
  const link = content?.image_url ?? content?.url;
  return link ? svg`<image href=${link} width=${width} height=${height} preserveAspectRatio="xMidYMid slice" />` : nothing;
}

function paint(style = {}) {
  return { fill: style.fill?.color ?? "none", stroke: style.stroke?.color ?? "none", line: style.stroke?.width ?? 0 };
}

function shape({ transform: { width, height }, style, content = {} }) {
  const { fill, stroke, line } = paint(style);
  if (content.shape_type === "ellipse") {
    return svg`<ellipse cx=${width / 2} cy=${height / 2} rx=${width / 2} ry=${height / 2} fill=${fill} stroke=${stroke} stroke-width=${line} />`;
  }
  if (content.shape_type === "path") {
    // A line is as wide as its poster says, not as its box stretches it; where the box is no square that holds on average.
    const stretch = Math.sqrt((width * height) / 10_000) || 1;
    return svg`<svg width=${width} height=${height} viewBox=${content.view_box ?? "0 0 100 100"} preserveAspectRatio="none" overflow="visible"
      ><path d=${content.shape_path ?? ""} fill=${fill} stroke=${stroke} stroke-width=${line / stretch} stroke-linecap="round" stroke-linejoin="round"
    /></svg>`;
  }
  return svg`<rect width=${width} height=${height} rx=${content.radius ?? 0} fill=${fill} stroke=${stroke} stroke-width=${line} />`;
}

function text({ transform: { width, height }, style, content }) {
  const letters = style?.text_style ?? {};
  const size = letters.font_size ?? 32;
  const text = String(content?.text ?? "");
  // How the words were broken when they were drawn; new words are broken where their writer broke them.
  const lines = content?.lines?.length && unspaced(content.lines.join("")) === unspaced(text) ? content.lines : text.split("\n");
  const step = size * (letters.line_height ?? 1.3);
  const left = letters.text_align === "left";
  const middle = height / 2 - ((lines.length - 1) * step) / 2;
  return svg`<rect width=${width} height=${height} fill="transparent" />${lines.map(
    (line, index) => svg`<text
      x=${left ? 0 : width / 2}
      y=${middle + index * step}
      text-anchor=${left ? "start" : "middle"}
      dominant-baseline="central"
      font-family="'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
      font-size=${size}
      font-weight=${letters.font_weight ?? 400}
      letter-spacing=${letters.letter_space ?? 0}
      fill=${style?.fill?.color ?? "#000000"}
    >${line}</text>`,
  )}`;
}

/** Around what is chosen. */
function frame(model) {
  const element = model.current;
  if (!element) {
    return nothing;
  }
  const { width, height } = element.transform;
  const line = model.poster.width / 300;
  return svg`<g class="chosen" transform=${turned(element.transform)} pointer-events="none"
    ><rect x=${-2 * line} y=${-2 * line} width=${width + 4 * line} height=${height + 4 * line} fill="none" stroke-width=${line} rx=${2 * line}
  /></g>`;
}

const unspaced = (words) => words.replace(/\s+/g, "");
