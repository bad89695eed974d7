// Draws each chart from the table under it. Without this script the table says the same.
// Tooltips are drawn as text in the picture (`richText`): as HTML they would need inline styles, which the policy forbids.
const INK = "#0b0c0c", QUIET = "#4b4f52", LINE = "#b1b4b6";
// Okabe and Ito's colours, told apart by every kind of colour blindness, darkened to 3:1 on white.
const COLOURS = ["#0d4f4f", "#c25700", "#0072b2", "#a8437f", "#7a6a00", "#4b4f52", "#2a9a78"];
const DASHES = ["solid", "dashed", "dotted", [8, 4, 2, 4], [12, 4], [2, 2], [6, 2]];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle"];
const LYING = ["across", "funnel"];
const drawn = [];

const read = (figure) => {
  const table = figure.querySelector("table");
  const rows = [...table.tBodies[0].rows];
  const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const number = (cell) => (cell.dataset.value === "" ? null : Number(cell.dataset.value));
  const columns = rows[0].querySelectorAll("td[data-value]").length;
  const series = Array.from({ length: columns }, (_, at) => ({
    name: names[at + 1], data: rows.map((row) => number(row.querySelectorAll("td[data-value]")[at])),
  }));
  const marks = rows.map((row) => row.querySelector("[data-mark]")?.textContent ?? "");
  const links = rows.map((row) => row.querySelector("th a")?.href ?? "");
  return { labels: rows.map((row) => row.cells[0].textContent.trim()), series, marks, links };
};

const worded = (unit) => (value) => {
  if (value === null || value === undefined || Number.isNaN(value)) return "none";
  const text = Number(value).toLocaleString("en-GB", { maximumFractionDigits: 1 });
  return unit === "%" || unit === "" ? text + unit : `${text} ${unit}`;
};

const shared = (figure, told) => ({
  color: COLOURS, animation: false,
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14, color: INK },
  aria: { enabled: true, label: { enabled: false }, decal: { show: told.series.length > 1 && figure.dataset.chart !== "line" } },
  tooltip: {
    renderMode: "richText", confine: true, trigger: "axis", backgroundColor: "#fff", borderColor: INK, textStyle: { color: INK, fontSize: 14 },
    valueFormatter: worded(figure.dataset.unit), axisPointer: { type: figure.dataset.chart === "line" ? "line" : "shadow" },
  },
  legend: { show: told.series.length > 1, top: 0, left: 0, itemWidth: 28, textStyle: { color: INK, fontSize: 14 }, selectedMode: false },
});

// Of what does not fit, two names may begin alike.
const inTwoLines = (words) => (words.length > 15 ? words.replace(/^(.{1,16})\s(.+)$/, "$1\n$2") : words);

const axes = (figure, told) => {
  const flat = LYING.includes(figure.dataset.chart);
  const narrow = figure.clientWidth < 500;
  const names = {
    type: "category", data: told.labels, inverse: flat, boundaryGap: figure.dataset.chart !== "line", axisTick: { show: false },
    axisLabel: { color: INK, fontSize: 13, interval: flat ? 0 : "auto", hideOverlap: !flat, ...(flat && { width: narrow ? 110 : 240, overflow: "truncate", lineHeight: 14, formatter: narrow ? inTwoLines : undefined }) },
    axisLine: { lineStyle: { color: INK } },
  };
  const numbers = {
    type: "value", min: 0, minInterval: figure.dataset.unit === "%" ? 0 : 1, splitNumber: narrow ? 3 : 5, splitLine: { lineStyle: { color: LINE } },
    axisLabel: { color: QUIET, fontSize: 13, hideOverlap: true, formatter: (value) => Number(value).toLocaleString("en-GB") + (figure.dataset.unit === "%" ? "%" : "") },
  };
  return flat ? { xAxis: numbers, yAxis: names } : { xAxis: names, yAxis: numbers };
};

// One line for each month in which something else happened, behind what is drawn. Above it stands the number that it has
// in the list below the picture; of months too close for that, each above the one before.
const WIDE = 28, HIGH = 20;
const marked = (figure, told) => {
  const apart = Math.max(1, figure.clientWidth - 80) / told.labels.length;
  let before = -Infinity, level = 0;
  return told.marks.flatMap((name, at) => {
    if (!name) return [];
    level = (at - before) * apart < WIDE ? (level + 1) % Math.ceil(WIDE / apart) : 0;
    before = at;
    return [{ xAxis: at, name, level, label: { distance: 6 + level * HIGH } }];
  });
};
const above = (marks) => (marks.length ? 8 + HIGH * (1 + Math.max(...marks.map((mark) => mark.level))) : 0);
const remarked = (marks) => (marks.length ? {
  silent: true, z: 1, symbol: "none", data: marks, lineStyle: { color: INK, type: "dashed" },
  label: { formatter: "{b}", position: "end", color: INK, fontSize: 13, fontWeight: "bold", padding: [2, 5], backgroundColor: "#fff", borderColor: INK, borderWidth: 1, borderRadius: 9 },
} : undefined);

const lined = (figure, told) => told.series.map((one, at) => ({
  ...one, type: "line", symbol: SYMBOLS[at % 7], symbolSize: 8, showAllSymbol: "auto", connectNulls: false, lineStyle: { width: 2.5, type: DASHES[at % 7] }, markLine: at ? undefined : remarked(marked(figure, told)),
}));
const barred = (figure, told) => told.series.map((one, at) => ({
  ...one, type: "bar", barMaxWidth: 48, stack: figure.dataset.chart === "stacked" ? "one" : undefined, itemStyle: { borderColor: "#fff", borderWidth: 1 },
  label: LYING.includes(figure.dataset.chart) && told.series.length === 1
    ? { show: true, position: "right", color: INK, fontSize: 13, formatter: one.said ?? (({ value }) => worded(figure.dataset.unit)(value)) } : undefined,
  markLine: at ? undefined : remarked(marked(figure, told)),
}));

// Bars, of which the first is the whole: areas that taper say less than lengths.
const funnel = (told) => {
  const [{ name, data }] = told.series;
  const share = (value) => (data[0] ? ` (${((100 * value) / data[0]).toLocaleString("en-GB", { maximumFractionDigits: 1 })}%)` : "");
  return { ...told, series: [{ name, data, said: ({ value }) => worded("")(value) + share(value) }] };
};

const option = (figure, told) => {
  const narrow = figure.clientWidth < 500;
  const legend = told.series.length > 1 ? 26 * (narrow ? Math.ceil(told.series.length / 2) : 1) : 0;
  const top = 16 + legend + above(marked(figure, told));
  return {
    ...shared(figure, told), ...axes(figure, told), grid: { left: 4, right: figure.dataset.chart === "funnel" ? 110 : figure.dataset.chart === "across" ? 60 : 28, top, bottom: 10, containLabel: true },
    series: figure.dataset.chart === "line" ? lined(figure, told) : barred(figure, told),
  };
};

const draw = (figure) => {
  const told = figure.dataset.chart === "funnel" ? funnel(read(figure)) : read(figure);
  const place = document.createElement("div");
  place.className = "staff-chart__picture";
  if (LYING.includes(figure.dataset.chart)) place.classList.add(`staff-chart__picture--${Math.min(24, told.labels.length)}`);
  // Whoever cannot see it reads the summary and the table.
  place.setAttribute("aria-hidden", "true");
  const details = figure.querySelector("details");
  (figure.querySelector(".staff-chart__happened") ?? details).before(place);
  details.open = false;
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption(option(figure, told));
  chart.on("click", ({ dataIndex }) => { if (told.links[dataIndex]) location.assign(told.links[dataIndex]); });
  drawn.push({ chart, figure, told, details });
};

const again = () => drawn.forEach(({ chart, figure, told }) => { chart.resize(); chart.setOption(option(figure, told), true); });

document.querySelectorAll("figure[data-chart]:not([data-empty])").forEach((figure) => { if (figure.querySelector("tbody tr")) draw(figure); });
let waiting;
addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(again, 150); });
// On paper the table stands below its picture, and the picture is as wide as the paper. Painted at once: a browser that
// prints waits for no next frame.
addEventListener("beforeprint", () => {
  drawn.forEach((one) => {
    one.shut = !one.details.open;
    one.details.open = true;
    one.chart.resize({ width: 660, animation: { duration: 0 } });
    one.chart.getZr().flush();
  });
});
addEventListener("afterprint", () => {
  drawn.forEach((one) => { if (one.shut) one.details.open = false; one.chart.resize({ width: "auto" }); });
});
