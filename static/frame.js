// Runs before the framework's bundle (see dashboard/web.py).
(function () {
  "use strict";
  // The server stands at the root of the address, whatever page is asked for; its settings are
  // known, so that the socket opens at once instead of after two requests.
  window.__streamlit = {
    BACKEND_BASE_URL: location.origin + "/",
    HOST_CONFIG: {
      allowedOrigins: [location.origin],
      useExternalAuthToken: false,
      enableCustomParentMessages: false,
      blockErrorDialogs: false,
    },
  };
  // The server draws maps for the width of the screen; it reads this when the socket opens.
  var width = window.innerWidth;
  document.cookie =
    "ttdn_screen=" + (width < 700 ? "phone" : width < 1340 ? "tablet" : "desktop") +
    "; path=/; SameSite=Strict";
  // The policy forbids WebAssembly; the bundle tries it first and has a plain form to fall back on.
  delete window.WebAssembly;
  // The language of the page follows the language switch.
  function followLanguage() {
    var lang = new URLSearchParams(location.search).get("lang");
    document.documentElement.lang = lang === "en" ? "en" : "vi";
  }
  // The framework's own words (buttons, calendar, tooltips) come in English only. The server puts
  // the catalogue's section "framework" here: what it says -> what the reader should read.
  var words = {/* framework words */};
  // "Remove " and what follows it; "50MB per file • TXT".
  var openings = Object.keys(words).filter(function (text) { return text.endsWith(" ") && text[0] !== " "; });
  var middles = Object.keys(words).filter(function (text) { return /^ .* $/.test(text); });
  var attributes = ["aria-label", "title", "placeholder", "data-title"];
  function translate(element) {
    attributes.forEach(function (name) {
      var text = element.getAttribute(name);
      if (!text) return;
      // The parts of a date say "day, " and the name of the field.
      var begins = text.split(" ", 1)[0];
      if (Object.hasOwn(words, text)) element.setAttribute(name, words[text]);
      else if (begins.endsWith(",") && Object.hasOwn(words, begins)) {
        element.setAttribute(name, words[begins] + text.slice(begins.length));
      } else openings.forEach(function (opening) {
        if (text.startsWith(opening))
          element.setAttribute(name, words[opening] + text.slice(opening.length));
      });
    });
    if (element.childElementCount) return;
    var said = element.textContent;
    if (Object.hasOwn(words, said)) element.textContent = words[said];
    else middles.forEach(function (middle) {
      if (said.includes(middle)) element.textContent = said.replace(middle, words[middle]);
    });
  }
  function translateChanges(changes) {
    if (document.documentElement.lang === "en") return;
    changes.forEach(function (change) {
      if (change.type === "attributes") return translate(change.target);
      change.addedNodes.forEach(function (node) {
        if (node.nodeType !== 1 || node instanceof SVGElement) return;
        translate(node);
        node.querySelectorAll(
          "[aria-label],[title],[placeholder],[data-title],[role=tooltip] *,p,a," +
          "[data-testid^=stFileUploader] span,[data-testid=stFileChip] *")
          .forEach(translate);
      });
    });
  }
  function inWords(english) {
    return document.documentElement.lang === "en" ? english : words[english] || english;
  }
  // The framework opens every link of a text in a new tab; ours lead on in this one.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("[data-testid=stMarkdown] a[href]");
    if (link && link.target === "_blank" && link.origin === location.origin) link.target = "_self";
  }, true);
  // Tells what happened, to screen readers too.
  var teller;
  function tell(english) {
    if (!teller) {
      teller = document.body.appendChild(document.createElement("div"));
      teller.id = "ttdn_told";
      teller.setAttribute("role", "status");
    }
    teller.textContent = inWords(english);
    clearTimeout(tell.timer);
    tell.timer = setTimeout(function () { teller.textContent = ""; }, 4000);
  }
  // Copies the link above a button. Without a secure connection browsers have no clipboard to
  // write to: then the link is marked and copied the old way, and left marked where that fails.
  function copyLink(button) {
    var holder = button.closest(".st-key-link_pinned, .st-key-link_current");
    var link = holder.querySelector("[data-testid=stText]");
    function copyMarked() {
      getSelection().selectAllChildren(link);
      tell(document.execCommand("copy") ? "Link copied." :
        "The link is marked: press Ctrl+C to copy it.");
    }
    if (!navigator.clipboard) return copyMarked();
    navigator.clipboard.writeText(link.textContent.trim())
      .then(function () { tell("Link copied."); }, copyMarked);
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[class*=st-key-link_copy_] button");
    if (button) copyLink(button);
    if (event.target.closest(".st-key-present_start button")) {
      tell("Keys ← → turn pages, Esc leaves, F11 fills the screen.");
    }
  });
  // Keys turn the pages of a presentation by its own buttons; a key that the focused element
  // understands is left to it.
  var turns = {
    ArrowRight: "next", PageDown: "next", " ": "next",
    ArrowLeft: "previous", PageUp: "previous", Escape: "leave",
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    var name = turns[event.key];
    if (event.key === " " && event.shiftKey) name = "previous";
    if (!name) return;
    var focus = event.target;
    if (focus.closest("input,textarea,select,[contenteditable=true],[role=combobox],[role=listbox]," +
      "[role=grid],[role=radiogroup],[role=tablist],[role=menu],[role=dialog],canvas")) return;
    if (event.key === " " && focus.closest("button,a,summary")) return;
    var button = document.querySelector(".st-key-slide_" + name + " :is(a,button)");
    if (!button || button.disabled) return;
    event.preventDefault();
    button.click();
  });
  // A slide is laid out for 1280 x 720 and enlarged to the screen (frame.css).
  function fitSlide() {
    var scale = Math.min(window.innerWidth / 1280, window.innerHeight / 720);
    document.documentElement.style.setProperty("--slide-scale", scale.toFixed(4));
  }
  fitSlide();
  window.addEventListener("resize", fitSlide);
  // The framework's headings go from h1 to h3; readers who jump from heading to heading are told
  // levels without a gap.
  function levelHeadings() {
    var above = [];
    document.querySelectorAll("h1,h2,h3,h4,h5,h6").forEach(function (heading) {
      var rank = Number(heading.tagName[1]);
      while (above.length && above[above.length - 1] >= rank) above.pop();
      above.push(rank);
      var level = String(above.length);
      if (level === String(rank)) heading.removeAttribute("aria-level");
      else if (heading.getAttribute("aria-level") !== level) {
        heading.setAttribute("aria-level", level);
      }
    });
  }
  // The menu of a phone puts its sections into a list without items: each is a list of its own.
  function mendMenu() {
    document.querySelectorAll("[data-testid=stSidebarNavItems] > div").forEach(function (section) {
      section.setAttribute("role", "list");
      section.parentElement.setAttribute("role", "none");
    });
  }
  // The chosen passage of a text is brought into view within its frame; the page stays in place.
  function showPassage(changes) {
    changes.forEach(function (change) {
      change.addedNodes.forEach(function (node) {
        if (node.nodeType !== 1) return;
        var mark = node.id === "passage-chosen" ? node : node.querySelector("#passage-chosen");
        var frame = mark && mark.closest(".ttdn-text");
        if (!frame) return;
        var gap = mark.getBoundingClientRect().top - frame.getBoundingClientRect().top;
        frame.scrollTop += gap - frame.clientHeight / 4;
      });
    });
  }
  var mending = false;
  function mendSoon() {
    if (mending) return;
    mending = true;
    setTimeout(function () { mending = false; levelHeadings(); mendMenu(); }, 200);
  }
  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(mendSoon).observe(document.body, { subtree: true, childList: true });
    new MutationObserver(showPassage).observe(document.body, { subtree: true, childList: true });
    new MutationObserver(translateChanges).observe(document.body, {
      subtree: true, childList: true, attributes: true, attributeFilter: attributes,
    });
    document.querySelectorAll("link[data-evaluate]").forEach(function (link) {
      import(link.href);
    });
    var title = document.querySelector("title");
    if (title) new MutationObserver(followLanguage).observe(title, { childList: true });
  });
})();
