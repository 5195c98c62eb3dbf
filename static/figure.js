// The browser's half of dashboard/figure_component.py: a chart that stays and takes new content.
// Streamlit's own chart element throws a changed chart away and builds it anew.
const states = new WeakMap(); // by the element that the framework gives us

// Charts are drawn one after another in the order of the page, each painted before the next
// begins: the map, which stands first, does not wait for those below it.
const waiting = new Set();
let isDrawing = false;

const painted = () => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = done;
  requestAnimationFrame(() => channel.port2.postMessage(null));
  setTimeout(done, 100); // a hidden page paints nothing
});

const isBefore = (a, b) =>
  a.holder.compareDocumentPosition(b.holder) & Node.DOCUMENT_POSITION_FOLLOWING;

async function drawAll() {
  if (isDrawing) return;
  isDrawing = true;
  await null; // all charts of one message are asked for in the same turn
  while (waiting.size) {
    const next = [...waiting].reduce((first, state) => (isBefore(state, first) ? state : first));
    waiting.delete(next);
    await draw(next).catch(console.error);
    await painted();
  }
  isDrawing = false;
}

async function draw(state) {
  const { holder, wanted } = state;
  const { plotly, figure, config, alt } = wanted;
  const { width: fixed, height } = figure.layout;
  holder.style.width = fixed ? `${fixed}px` : "";
  holder.style.minHeight = height ? `${height}px` : ""; // its place, before the library is there
  const Plotly = (await import(plotly)).default;
  if (wanted !== state.wanted || !holder.isConnected) return; // newer content waits already
  const width = fixed || holder.clientWidth;
  if (!width) return; // hidden: the observer calls when it gets a size
  holder.setAttribute("aria-label", alt);
  Object.assign(state, { Plotly, width, isFixed: Boolean(fixed) });
  state.drawing = Plotly.react(holder, figure.data, { ...figure.layout, width }, config);
  await state.drawing;
  // The label says what the picture shows; its single words and numbers would only follow it.
  holder.querySelectorAll(".main-svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
  if (state.isListening) return;
  state.isListening = true;
  holder.on("plotly_click", (event) => {
    const { location, customdata } = event.points[0];
    state.setTriggerValue("click", { location, customdata });
  });
}

function ask(state) {
  waiting.add(state);
  drawAll();
}

function start(parentElement) {
  const holder = document.createElement("div");
  holder.className = "ttdn-figure";
  holder.setAttribute("role", "figure"); // not "img": plotly's buttons stand in it
  parentElement.replaceChildren(holder);
  const state = { holder, text: "", width: 0, isFixed: false };
  state.observer = new ResizeObserver(() => {
    const width = holder.clientWidth;
    if (state.wanted && !state.isFixed && width && width !== state.width) ask(state);
  });
  state.observer.observe(holder);
  return state;
}

export default function show({ data, parentElement, setTriggerValue }) {
  let state = states.get(parentElement);
  if (!state || !state.holder.isConnected) {
    state = start(parentElement);
    states.set(parentElement, state);
  }
  state.setTriggerValue = setTriggerValue;
  const text = new TextDecoder().decode(data);
  if (text !== state.text) {
    state.text = text;
    state.wanted = JSON.parse(text);
    ask(state);
  }
  return () => {
    state.observer.disconnect();
    states.delete(parentElement);
    waiting.delete(state);
    // Not in the middle of a drawing: a map that still waits for its borders would find itself empty.
    const purge = () => state.Plotly.purge(state.holder);
    if (state.drawing) state.drawing.then(purge, purge);
  };
}
