// Light or dark, kept between visits where the browser lets a file keep anything.

const KEY = "ringwall-theme";
const THEMES = new Set(["auto", "light", "dark"]);

export function storedTheme() {
  try {
    const theme = localStorage.getItem(KEY) ?? "auto";
    return THEMES.has(theme) ? theme : "auto";
  } catch {
    return "auto";
  }
}

/** @param {string} theme */
export function applyTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A page opened from a file may not keep anything: the choice holds until it is closed.
  }
}
