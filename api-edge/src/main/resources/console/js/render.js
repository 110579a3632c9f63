// One picture of the state per frame: whoever changes something says so, and the page is drawn once.

let draw = () => {};
let wanted = false;

export function onDraw(callback) {
  draw = callback;
}

/** Draws before the next frame; any number of calls until then is one drawing. */
export function invalidate() {
  if (!wanted) {
    wanted = true;
    requestAnimationFrame(() => {
      wanted = false;
      draw();
    });
  }
}
