// A page that asks for days and has no other script: each of its fields speaks the page's language.

import { DayField } from "./calendar.js";

for (const field of document.querySelectorAll("input[type=date]")) new DayField(field);
