import { connectionOf } from "../connection/connectionOf.ts";
import { CustomerType } from "../customer/customerType.ts";

/** Members of an audience, whether it stands or is only asked about. */
export const SegmentMemberConnection = connectionOf(() => CustomerType, "SegmentMember");
