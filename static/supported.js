// Loaded first in the body, so that conditional questions do not flash open before the module runs.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
