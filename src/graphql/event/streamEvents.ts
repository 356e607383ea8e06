import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import type { Page } from "../connection/page.ts";
