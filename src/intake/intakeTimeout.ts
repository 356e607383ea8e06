/** The door gave no answer in time: what was handed in may or may not have been stored. Sending the same again is safe. */
export class IntakeTimeout extends Error {
  override readonly name = "IntakeTimeout";
  readonly code = "INTAKE_TIMEOUT";
}
