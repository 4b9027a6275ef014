/** Keeps rows in place while a pointer is down on them: a row redrawn in mid-click loses it. */

/**
 * Whether to put off drawing in `box`; if so, `later` is called once the pointer is up again and
 * the click, if it was one, has been heard.
 */
export function holdWhilePressed(box, later) {
  let pressed = false;
  let waiting = false;
  const release = () => {
    if (!pressed) return;
    pressed = false;
    setTimeout(() => {
      if (waiting && !pressed) later();
      waiting = false;
    });
  };
  box.addEventListener("pointerdown", () => (pressed = true));
  for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, release);
  window.addEventListener("blur", release);
  return () => {
    waiting ||= pressed;
    return pressed;
  };
}
