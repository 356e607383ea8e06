import { isOpenAt } from "../account.ts";
import { dayOf, type Month, monthOf, type Second, secondsPerDay } from "../calendar.ts";
import type { Household, Loan, Person } from "../person.ts";
import { euros, post, type Telling, tell } from "../telling.ts";
import { hasIncomeHere } from "./bills.ts";
import { isSilent } from "./income.ts";
import { dayInMonth, timeOf } from "./monthAt.ts";
import { relate } from "./relate.ts";

const loanKinds = [
  { kind: "mortgage", perThousand: 130, years: [15, 30], incomes: [45, 70], rate: [210, 420] },
  { kind: "car", perThousand: 90, years: [3, 6], incomes: [4, 9], rate: [390, 690] },
  { kind: "personal", perThousand: 90, years: [1, 5], incomes: [2, 6], rate: [590, 1090] },
] as const;

/** Loans of a household, some running since before the movements begin; a neighbour may stand guarantor. */
export function lend(telling: Telling, household: Household, neighbours: readonly Person[]): void {
  const { draw, parameters } = telling;
  const borrower = household.adults.find(hasIncomeHere);
  const account = borrower?.main;
  if (borrower === undefined || account == null || borrower.livelihood.kind !== "employed") return;
  if (borrower.dormantFrom !== null || borrower.leavesIn !== null) return;
  for (const { kind, perThousand, years, incomes, rate } of loanKinds) {
    if (
      !draw.chance(perThousand) ||
      (kind === "mortgage" && household.orders.some(({ purpose }) => purpose === "rent"))
    )
      continue;
    const earliest = account.openedAt + 60 * secondsPerDay;
    const latest = parameters.until - 5 * secondsPerDay;
    if (earliest >= latest) continue;
    const from = Math.max(earliest, parameters.since - Math.min(years[0], 4) * 365 * secondsPerDay);
    const grantedAt = timeOf(draw, dayOf(draw.int(from, latest)), 9, 16);
    const months = draw.int(years[0], years[1]) * 12;
    const principal = Math.floor((borrower.income * draw.int(incomes[0], incomes[1])) / 100_000) * 100_000;
    const rateBasisPoints = draw.int(rate[0], rate[1]);
    if (principal === 0 || grantedAt <= earliest) continue;
    const loan = grant(telling, borrower, grantedAt, { kind, months, principal, rateBasisPoints });
    if (loan === null) continue;
    household.loans.push(loan);
    const guarantor = draw.chance(140) ? draw.pick(neighbours) : null;
    if (guarantor !== null && isEligible(guarantor, household, grantedAt))
      relate(telling, guarantor, "guarantor", borrower, grantedAt - 1800);
  }
}

type Terms = {
  readonly kind: string;
  readonly months: number;
  readonly principal: number;
  readonly rateBasisPoints: number;
};

function grant(telling: Telling, borrower: Person, at: Second, terms: Terms): Loan | null {
  const { kind, months, principal, rateBasisPoints } = terms;
  const account = borrower.main!;
  const loanId = `loan-${account.ref.id}-${kind}`;
  const payment = annuity(principal, months, rateBasisPoints);
  const told = tell(telling, borrower, at, "lending", "loan-granted", {
    loanId,
    account: account.ref,
    principal: euros(principal),
    payment: euros(payment),
    durationMonths: months,
    status: "active",
    details: { kind, rateBasisPoints },
  });
  if (!told) return null;
  const paidBefore = Math.max(0, telling.parameters.firstMonth - monthOf(dayOf(at)) - 1);
  const left = Math.max(0, months - paidBefore);
  return {
    loanId,
    borrower,
    account,
    grantedAt: at,
    payout: kind === "personal" ? principal : 0,
    payment,
    instalmentsLeft: left,
    status: left > 0 ? "active" : "paid",
  };
}

/** Payouts and instalments of a month; without cover a loan is overdue until the next instalment that goes through. */
export function serveLoans(telling: Telling, { loans }: Household, month: Month): void {
  for (const loan of loans) {
    const granted = monthOf(dayOf(loan.grantedAt));
    if (month === granted && loan.payout > 0)
      post(telling, loan.account, {
        at: loan.grantedAt + 600,
        direction: "credit",
        amount: loan.payout,
        operation: "loan-payout",
        purpose: "loan",
        counterparty: loan.loanId,
      });
    if (month <= granted || loan.instalmentsLeft === 0 || isSilent(loan.borrower, month)) continue;
    const at = timeOf(telling.draw, dayInMonth(month, 6), 2, 4);
    if (!isOpenAt(loan.account, at)) continue;
    if (loan.account.balance < loan.payment) {
      if (loan.status === "active") setStatus(telling, loan, "overdue", at);
      continue;
    }
    const paid = post(telling, loan.account, {
      at,
      direction: "debit",
      amount: loan.payment,
      operation: "loan-instalment",
      purpose: "loan",
      counterparty: loan.loanId,
    });
    if (!paid) continue;
    loan.instalmentsLeft--;
    if (loan.instalmentsLeft === 0) setStatus(telling, loan, "paid", at + 60);
    else if (loan.status === "overdue") setStatus(telling, loan, "active", at + 60);
  }
}

function setStatus(telling: Telling, loan: Loan, status: Loan["status"], at: Second): void {
  loan.status = status;
  tell(telling, loan.borrower, at, "lending", "loan-status-changed", { loanId: loan.loanId, status });
}

/** Equal monthly instalments in cents. Only products and quotients, which every engine rounds alike. */
function annuity(principal: number, months: number, rateBasisPoints: number): number {
  const growth = 1 + rateBasisPoints / 120_000;
  let factor = 1;
  for (let month = 0; month < months; month++) factor *= growth;
  return Math.ceil((principal * (growth - 1) * factor) / (factor - 1));
}

const isEligible = (neighbour: Person, { adults, children }: Household, at: Second): boolean =>
  neighbour.livelihood.kind === "employed" &&
  neighbour.registeredAt < at - secondsPerDay &&
  !adults.includes(neighbour) &&
  !children.includes(neighbour);
