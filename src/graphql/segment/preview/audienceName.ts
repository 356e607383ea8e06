import { hash } from "node:crypto";
import type { Rule } from "../../../domain/segment/rule.ts";

/** Tells the members of one rule from those of every other, so that a cursor of another audience is noticed. */
export const audienceName = (rule: Rule): string => `audience:${hash("sha256", JSON.stringify(rule), "base64url")}`;
