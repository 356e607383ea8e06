/** Something the user can mend: told in plain words, without a stack, with exit code 1 (2 for a wrong call). */
export class CliFailure extends Error {
  override readonly name = "CliFailure";
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
