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
  var attributes = ["aria-label", "title", "placeholder", "data-title"];
  function translate(element) {
    attributes.forEach(function (name) {
      var text = element.getAttribute(name);
      if (text && Object.hasOwn(words, text)) element.setAttribute(name, words[text]);
    });
    if (element.childElementCount === 0 && Object.hasOwn(words, element.textContent)) {
      element.textContent = words[element.textContent];
    }
  }
  function translateChanges(changes) {
    if (document.documentElement.lang === "en") return;
    changes.forEach(function (change) {
      if (change.type === "attributes") return translate(change.target);
      change.addedNodes.forEach(function (node) {
        if (node.nodeType !== 1 || node instanceof SVGElement) return;
        translate(node);
        node.querySelectorAll("[aria-label],[title],[placeholder],[data-title],[role=tooltip] *,p")
          .forEach(translate);
      });
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
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
