// Our selection of GOV.UK Frontend's behaviours. Every page works without them.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, createAll,
} from "govuk-frontend";

createAll(Button, { preventDoubleClick: true });
for (const Component of [CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) {
  createAll(Component);
}
