// For the pages that several people have open and that need no other script.
import { followLive } from "./page/live.js";

followLive();
