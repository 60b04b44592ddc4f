// A question page with a script: shortcuts, arrows for ordering, the focus on the verdict.

import { focusFirst } from "./focus.js";
import { listenForKeys } from "./keys.js";
import { joinMap } from "./map.js";
import { addMoves } from "./ordering.js";

focusFirst();
listenForKeys();
document.querySelectorAll("[data-map-question]").forEach(joinMap);
document.querySelectorAll("[data-order]").forEach(addMoves);
