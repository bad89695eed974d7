// Our selection of GOV.UK Frontend's behaviours. Every page works without them.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, createAll,
} from "govuk-frontend";

// ARIA does not allow aria-expanded on a radio, and axe reports it.
class RadiosWithoutExpanded extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

createAll(Button, { preventDoubleClick: true });
for (const Component of [CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, RadiosWithoutExpanded, SkipLink]) {
  createAll(Component);
}
