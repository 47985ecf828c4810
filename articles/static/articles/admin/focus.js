// The focal point of a picture: a mark on the preview that a click or the arrow keys move, in step with two fields.

const figure = document.querySelector("[data-focus]");
const fields = ["focal_x", "focal_y"].map((name) => document.querySelector(`#id_${name}`));

if (figure && fields.every(Boolean)) {
  const [across, down] = fields;
  const image = figure.querySelector("img");
  const mark = document.createElement("button");
  mark.type = "button";
  mark.className = "focus-mark";
  figure.append(mark);

  const within = (value) => Math.min(100, Math.max(0, Math.round(value)));

  const show = () => {
    mark.style.left = `${within(across.value)}%`;
    mark.style.top = `${within(down.value)}%`;
    mark.ariaLabel = `Focal point, ${across.value}% from the left, ${down.value}% from the top: move it with the arrow keys`;
  };

  const move = (x, y) => {
    across.value = within(x);
    down.value = within(y);
    show();
  };

  image.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
    mark.focus();
  });

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  mark.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const size = event.shiftKey ? 10 : 1;
    move(Number(across.value) + step[0] * size, Number(down.value) + step[1] * size);
  });

  for (const field of fields) field.addEventListener("input", show);

  // A file just chosen is shown before it is sent.
  document.querySelector("#id_upload")?.addEventListener("change", (event) => {
    const [file] = event.target.files;
    figure.hidden = true;
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => { image.src = reader.result; });
    reader.readAsDataURL(file);
  });
  image.addEventListener("load", () => { figure.hidden = false; });

  show();
}
