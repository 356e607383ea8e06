import type { TagCode } from "../tag/definition.ts";

export const isEnrolment = (code: TagCode): boolean => code.startsWith('~{"rule":{"assignment');
