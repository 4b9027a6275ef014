/* Light or dark: as the system says, until somebody chooses. Runs before the first paint. */
(() => {
  const key = "theme";
  const root = document.documentElement;
  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const chosen = stored();
  if (chosen) root.dataset.theme = chosen;

  globalThis.theme = {
    isDark: () =>
      (root.dataset.theme ??
        (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark",
    toggle() {
      root.dataset.theme = globalThis.theme.isDark() ? "light" : "dark";
      try {
        localStorage.setItem(key, root.dataset.theme);
      } catch {
        /* Without storage the choice lasts until the page is closed. */
      }
    },
  };
})();
