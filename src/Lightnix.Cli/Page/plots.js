/** Colours and sizes of all plots, by the styles that their marks name. */
export function configuration(isDark) {
  const text = isDark ? "#e6e6e6" : "#222";
  const faint = isDark ? "#444" : "#ddd";
  const accent = isDark ? "#7cc4ff" : "#0b5cad";
  const strong = isDark ? "#ffb86b" : "#b3470a";
  const font = "system-ui, sans-serif";
  return {
    background: "transparent",
    font,
    axis: { labelColor: text, titleColor: text, gridColor: faint, domainColor: faint, tickColor: faint, labelLimit: 260, labelFontSize: 12, titleFontSize: 12 },
    axisY: { grid: false },
    axisQuantitative: { tickCount: 8 },
    axisXDiscrete: { labelAngle: 0, labelLimit: 140, labelOverlap: true },
    legend: { labelColor: text, titleColor: text, orient: "bottom", columns: 4, labelLimit: 200 },
    view: { stroke: null },
    range: {
      ramp: isDark ? ["#2f6ea8", "#e6f3ff"] : ["#8fc1e6", "#08306b"],
      category: isDark
        ? ["#7cc4ff", "#ffb86b", "#8be08b", "#ff8a8a", "#c9a6ff", "#f2d974", "#7fe0d6", "#e6e6e6"]
        : ["#0b5cad", "#b3470a", "#2b7a3d", "#b42318", "#6b3fa0", "#7a6200", "#00706b", "#444"],
    },
    style: {
      run: { size: 40, filled: true, opacity: 0.55, color: accent },
      "mean-point": { size: 60, filled: true, opacity: 1, color: accent },
      interval: { strokeWidth: 2, opacity: 0.8, color: strong },
      mean: { thickness: 3, size: 18, color: strong },
      series: { strokeWidth: 1.5, opacity: 0.7, color: accent },
    },
  };
}
