/*
 * Inner loops over one block of a column: 65,536 one-byte codes, and bitsets of 1,024 words of 64 rows. AssemblyScript: a dialect of
 * TypeScript for WebAssembly; `node assembly/build.mjs` compiles it.
 *
 * Every test takes `into` and `mask`. With `or` = 0 it leaves mask AND test in `into`; with `or` = 1 it adds to `into` the rows of
 * the mask that pass. Words that are decided already are not looked at. `flip` = -1 turns the test round. The answer is 0 when no
 * bit is left in `into`.
 */

const words: usize = 1024;

// @ts-ignore: decorator
@inline
function wanted(into: usize, mask: usize, or: i32): u64 {
  return or ? load<u64>(mask) & ~load<u64>(into) : load<u64>(mask);
}

// @ts-ignore: decorator
@inline
function put(into: usize, or: i32, passed: u64): u64 {
  const left = or ? load<u64>(into) | passed : passed;
  store<u64>(into, left);
  return left;
}

// @ts-ignore: decorator
@inline
function joined(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>i8x16.bitmask(a) | (<u64>i8x16.bitmask(b) << 16) | (<u64>i8x16.bitmask(c) << 32) | (<u64>i8x16.bitmask(d) << 48)
  );
}

// @ts-ignore: decorator
@inline
function equal64(codes: usize, code: v128): u64 {
  return joined(
    i8x16.eq(v128.load(codes), code),
    i8x16.eq(v128.load(codes, 16), code),
    i8x16.eq(v128.load(codes, 32), code),
    i8x16.eq(v128.load(codes, 48), code),
  );
}

/** Rows with one code or another. */
// @ts-ignore: decorator
@inline
function either64(codes: usize, code: v128, other: v128): u64 {
  return joined(
    either16(v128.load(codes), code, other),
    either16(v128.load(codes, 16), code, other),
    either16(v128.load(codes, 32), code, other),
    either16(v128.load(codes, 48), code, other),
  );
}

// @ts-ignore: decorator
@inline
function either16(codes: v128, code: v128, other: v128): v128 {
  return v128.or(i8x16.eq(codes, code), i8x16.eq(codes, other));
}

// @ts-ignore: decorator
@inline
function oneOf16(codes: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.or(either16(codes, a, b), either16(codes, c, d));
}

// @ts-ignore: decorator
@inline
function range64(codes: usize, low: v128, span: v128): u64 {
  return joined(
    i8x16.le_u(i8x16.sub(v128.load(codes), low), span),
    i8x16.le_u(i8x16.sub(v128.load(codes, 16), low), span),
    i8x16.le_u(i8x16.sub(v128.load(codes, 32), low), span),
    i8x16.le_u(i8x16.sub(v128.load(codes, 48), low), span),
  );
}

/** Bit (code & 7) of byte (code >> 3) of a table of 32 bytes. */
// @ts-ignore: decorator
@inline
function table16(codes: v128, lower: v128, upper: v128, bits: v128): v128 {
  const place = i8x16.shr_u(codes, 3);
  const byte = v128.or(i8x16.swizzle(lower, place), i8x16.swizzle(upper, i8x16.sub(place, i8x16.splat(16))));
  const bit = i8x16.swizzle(bits, v128.and(codes, i8x16.splat(7)));
  return i8x16.eq(v128.and(byte, bit), bit);
}

// @ts-ignore: decorator
@inline
function table64(codes: usize, lower: v128, upper: v128, bits: v128): u64 {
  return joined(
    table16(v128.load(codes), lower, upper, bits),
    table16(v128.load(codes, 16), lower, upper, bits),
    table16(v128.load(codes, 32), lower, upper, bits),
    table16(v128.load(codes, 48), lower, upper, bits),
  );
}

// @ts-ignore: decorator
@inline
function bitOfByte(): v128 {
  return i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
}

/** Rows with one code. */
export function equalCode(codes: usize, code: i32, flip: i32, into: usize, mask: usize, or: i32): i32 {
  const same = i8x16.splat(<i8>code);
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const ask = wanted(into, mask, or);
    if (ask != 0) left |= put(into, or, ask & (equal64(codes, same) ^ turned));
    else if (or) left |= load<u64>(into);
    else store<u64>(into, 0);
    codes += 64;
    into += 8;
    mask += 8;
  }
  return left != 0;
}

/** Rows with one of four codes, which may be the same. */
export function fourCodes(
  codes: usize, one: i32, two: i32, three: i32, four: i32, flip: i32, into: usize, mask: usize, or: i32,
): i32 {
  const a = i8x16.splat(<i8>one);
  const b = i8x16.splat(<i8>two);
  const c = i8x16.splat(<i8>three);
  const d = i8x16.splat(<i8>four);
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const ask = wanted(into, mask, or);
    if (ask != 0) {
      const passed = joined(
        oneOf16(v128.load(codes), a, b, c, d),
        oneOf16(v128.load(codes, 16), a, b, c, d),
        oneOf16(v128.load(codes, 32), a, b, c, d),
        oneOf16(v128.load(codes, 48), a, b, c, d),
      );
      left |= put(into, or, ask & (passed ^ turned));
    } else if (or) left |= load<u64>(into);
    else store<u64>(into, 0);
    codes += 64;
    into += 8;
    mask += 8;
  }
  return left != 0;
}

/** Rows with codes from `low` to `low` + `span`. */
export function codeRange(codes: usize, low: i32, span: i32, flip: i32, into: usize, mask: usize, or: i32): i32 {
  const from = i8x16.splat(<i8>low);
  const length = i8x16.splat(<i8>span);
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const ask = wanted(into, mask, or);
    if (ask != 0) left |= put(into, or, ask & (range64(codes, from, length) ^ turned));
    else if (or) left |= load<u64>(into);
    else store<u64>(into, 0);
    codes += 64;
    into += 8;
    mask += 8;
  }
  return left != 0;
}

/** Rows with codes that are in a table of 256 bits. */
export function codeTable(codes: usize, table: usize, flip: i32, into: usize, mask: usize, or: i32): i32 {
  const lower = v128.load(table);
  const upper = v128.load(table, 16);
  const bits = bitOfByte();
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const ask = wanted(into, mask, or);
    if (ask != 0) left |= put(into, or, ask & (table64(codes, lower, upper, bits) ^ turned));
    else if (or) left |= load<u64>(into);
    else store<u64>(into, 0);
    codes += 64;
    into += 8;
    mask += 8;
  }
  return left != 0;
}

/** Rows of a bitset; of none where `rows` is 0. */
export function rowBits(rows: usize, flip: i32, into: usize, mask: usize, or: i32): i32 {
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const passed = rows == 0 ? turned : load<u64>(rows + (word << 3)) ^ turned;
    left |= put(into, or, wanted(into, mask, or) & passed);
    into += 8;
    mask += 8;
  }
  return left != 0;
}

/**
 * Numbers kept as 32-bit integers, from `from` to `to`, both belonging to it. Rows with codes from `low` to `low` + `span` pass
 * (none where `span` is negative); those with the code `edge` or `otherEdge` are looked up.
 */
export function range32(
  codes: usize, exact: usize, low: i32, span: i32, edge: i32, otherEdge: i32, from: i32, to: i32,
  flip: i32, into: usize, mask: usize, or: i32,
): i32 {
  const lowest = i8x16.splat(<i8>low);
  const length = i8x16.splat(<i8>span);
  const first = i8x16.splat(<i8>edge);
  const second = i8x16.splat(<i8>otherEdge);
  const inner: u64 = span < 0 ? 0 : u64.MAX_VALUE;
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const ask = wanted(into, mask, or);
    if (ask != 0) {
      let passed = range64(codes, lowest, length) & inner;
      let look = either64(codes, first, second) & ask;
      while (look != 0) {
        const place = <usize>ctz(look);
        const value = load<i32>(exact + (place << 2));
        passed |= (<u64>(i32(value >= from) & i32(value <= to))) << place;
        look &= look - 1;
      }
      left |= put(into, or, ask & (passed ^ turned));
    } else if (or) left |= load<u64>(into);
    else store<u64>(into, 0);
    codes += 64;
    exact += 256;
    into += 8;
    mask += 8;
  }
  return left != 0;
}

/** The same of numbers kept in 64 bits. */
export function range64Bit(
  codes: usize, exact: usize, low: i32, span: i32, edge: i32, otherEdge: i32, from: f64, to: f64,
  flip: i32, into: usize, mask: usize, or: i32,
): i32 {
  const lowest = i8x16.splat(<i8>low);
  const length = i8x16.splat(<i8>span);
  const first = i8x16.splat(<i8>edge);
  const second = i8x16.splat(<i8>otherEdge);
  const inner: u64 = span < 0 ? 0 : u64.MAX_VALUE;
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const ask = wanted(into, mask, or);
    if (ask != 0) {
      let passed = range64(codes, lowest, length) & inner;
      let look = either64(codes, first, second) & ask;
      while (look != 0) {
        const place = <usize>ctz(look);
        const value = load<f64>(exact + (place << 3));
        passed |= (<u64>(i32(value >= from) & i32(value <= to))) << place;
        look &= look - 1;
      }
      left |= put(into, or, ask & (passed ^ turned));
    } else if (or) left |= load<u64>(into);
    else store<u64>(into, 0);
    codes += 64;
    exact += 512;
    into += 8;
    mask += 8;
  }
  return left != 0;
}

/** How many of the ascending numbers are not above the value. */
// @ts-ignore: decorator
@inline
function notAbove(numbers: usize, count: i32, value: f64): i32 {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<f64>(numbers + (<usize>middle << 3)) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Numbers in many ranges: `bounds` has from and to of each in turn; a table says which codes pass, another which are looked up. */
export function numberRanges(
  codes: usize, exact: usize, wide: i32, table: usize, lookTable: usize, bounds: usize, count: i32,
  flip: i32, into: usize, mask: usize, or: i32,
): i32 {
  const lower = v128.load(table);
  const upper = v128.load(table, 16);
  const lookLower = v128.load(lookTable);
  const lookUpper = v128.load(lookTable, 16);
  const bits = bitOfByte();
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const ask = wanted(into, mask, or);
    if (ask != 0) {
      let passed = table64(codes, lower, upper, bits);
      let look = table64(codes, lookLower, lookUpper, bits) & ask;
      while (look != 0) {
        const place = <usize>ctz(look);
        const row = (word << 6) + place;
        const value = wide ? load<f64>(exact + (row << 3)) : <f64>load<i32>(exact + (row << 2));
        passed |= (<u64>(notAbove(bounds, count, value) & 1)) << place;
        look &= look - 1;
      }
      left |= put(into, or, ask & (passed ^ turned));
    } else if (or) left |= load<u64>(into);
    else store<u64>(into, 0);
    codes += 64;
    into += 8;
    mask += 8;
  }
  return left != 0;
}

/** Values with ids: a table says which codes pass; of rows with the code `rest`, the bit of their id in `truth` does. */
export function idTruth(
  codes: usize, ids: usize, table: usize, rest: i32, truth: usize,
  flip: i32, into: usize, mask: usize, or: i32,
): i32 {
  const lower = v128.load(table);
  const upper = v128.load(table, 16);
  const bits = bitOfByte();
  const same = i8x16.splat(<i8>rest);
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const ask = wanted(into, mask, or);
    if (ask != 0) {
      let passed = table64(codes, lower, upper, bits);
      let look = equal64(codes, same) & ask;
      while (look != 0) {
        const place = <usize>ctz(look);
        const id = load<u32>(ids + (((word << 6) + place) << 2));
        passed |= (<u64>((load<u8>(truth + (id >> 3)) >> (id & 7)) & 1)) << place;
        look &= look - 1;
      }
      left |= put(into, or, ask & (passed ^ turned));
    } else if (or) left |= load<u64>(into);
    else store<u64>(into, 0);
    codes += 64;
    into += 8;
    mask += 8;
  }
  return left != 0;
}

/** `kind` 0: by a table of 256 numbers; 1: 32 bits, base and scale; 2: 64 bits; 3: 32-bit ranks by the id of the value. */
// @ts-ignore: decorator
@inline
function numberAt(codes: usize, exact: usize, kind: i32, base: f64, scale: f64, table: usize, row: usize): f64 {
  if (kind == 1) return base + scale * <f64>load<i32>(exact + (row << 2));
  if (kind == 2) return load<f64>(exact + (row << 3));
  if (kind == 3) return <f64>load<u32>(table + (<usize>load<u32>(exact + (row << 2)) << 2));
  return load<f64>(table + (<usize>load<u8>(codes + row) << 3));
}

/** Numbers of two columns. `when`: 1 lets less pass, 2 equal, 4 more. Nothing that is missing (codes below 2) passes. */
export function compareNumbers(
  codes: usize, exact: usize, kind: i32, base: f64, scale: f64, table: usize,
  otherCodes: usize, otherExact: usize, otherKind: i32, otherBase: f64, otherScale: f64, otherTable: usize,
  when: i32, flip: i32, into: usize, mask: usize, or: i32,
): i32 {
  const lowest = i8x16.splat(2);
  const length = i8x16.splat(-3);
  const turned = <u64>(<i64>flip);
  let left: u64 = 0;
  for (let word: usize = 0; word < words; word++) {
    const ask = wanted(into, mask, or);
    if (ask != 0) {
      const from = word << 6;
      let look = range64(codes + from, lowest, length) & range64(otherCodes + from, lowest, length) & ask;
      let passed: u64 = 0;
      while (look != 0) {
        const place = <usize>ctz(look);
        const a = numberAt(codes, exact, kind, base, scale, table, from + place);
        const b = numberAt(otherCodes, otherExact, otherKind, otherBase, otherScale, otherTable, from + place);
        const how = a < b ? 1 : a == b ? 2 : 4;
        passed |= (<u64>((when & how) != 0)) << place;
        look &= look - 1;
      }
      left |= put(into, or, ask & (passed ^ turned));
    } else if (or) left |= load<u64>(into);
    else store<u64>(into, 0);
    into += 8;
    mask += 8;
  }
  return left != 0;
}

// @ts-ignore: decorator
@inline
function sumOfBytes(bytes: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
}

// @ts-ignore: decorator
@inline
function sumOfLanes(sums: v128): i32 {
  return (
    i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3)
  );
}

export function countRows(rows: usize): i32 {
  return countBoth(rows, rows);
}

/** Of three bits the one that counts double; the one that counts once is their `xor`. */
// @ts-ignore: decorator
@inline
function carry(a: v128, b: v128, c: v128): v128 {
  return v128.or(v128.and(a, b), v128.and(v128.xor(a, b), c));
}

// @ts-ignore: decorator
@inline
function sumOf(a: v128, b: v128, c: v128): v128 {
  return v128.xor(v128.xor(a, b), c);
}

// @ts-ignore: decorator
@inline
function onesOf(bits: v128): v128 {
  return sumOfBytes(i8x16.popcnt(bits));
}

// @ts-ignore: decorator
@inline
function common(rows: usize, others: usize, at: usize): v128 {
  return v128.and(v128.load(rows + at), v128.load(others + at));
}

/**
 * Adds up bits of eight vectors before any of them is counted, which is the dear part (Harley and Seal's way, as in Warren, Hacker's
 * Delight, 5-1).
 */
export function countBoth(rows: usize, others: usize): i32 {
  let count = i32x4.splat(0);
  let ones = i8x16.splat(0);
  let twos = i8x16.splat(0);
  let fours = i8x16.splat(0);
  for (let at: usize = 0; at < words << 3; at += 128) {
    const a = common(rows, others, at);
    const b = common(rows, others, at + 16);
    const firstTwos = carry(ones, a, b);
    ones = sumOf(ones, a, b);
    const c = common(rows, others, at + 32);
    const d = common(rows, others, at + 48);
    const secondTwos = carry(ones, c, d);
    ones = sumOf(ones, c, d);
    const firstFours = carry(twos, firstTwos, secondTwos);
    twos = sumOf(twos, firstTwos, secondTwos);
    const e = common(rows, others, at + 64);
    const f = common(rows, others, at + 80);
    const thirdTwos = carry(ones, e, f);
    ones = sumOf(ones, e, f);
    const g = common(rows, others, at + 96);
    const h = common(rows, others, at + 112);
    const fourthTwos = carry(ones, g, h);
    ones = sumOf(ones, g, h);
    const secondFours = carry(twos, thirdTwos, fourthTwos);
    twos = sumOf(twos, thirdTwos, fourthTwos);
    count = i32x4.add(count, onesOf(carry(fours, firstFours, secondFours)));
    fours = sumOf(fours, firstFours, secondFours);
  }
  return (
    8 * sumOfLanes(count) + 4 * sumOfLanes(onesOf(fours)) + 2 * sumOfLanes(onesOf(twos)) + sumOfLanes(onesOf(ones))
  );
}

/** How many of the rows are among some, and among others: added to two counters of 32 bits. */
export function countAmong(rows: usize, some: usize, others: usize, into: usize): void {
  store<i32>(into, load<i32>(into) + countBoth(rows, some));
  store<i32>(into + 4, load<i32>(into + 4) + countBoth(rows, others));
}

/** A bit for each place of a list and for no other: of 16 bits each, after how many they are and how many there is room for. */
export function spreadPlaces(list: usize, into: usize): void {
  memory.fill(into, 0, words << 3);
  const end = list + 4 + (<usize>load<u16>(list) << 1);
  for (let at = list + 4; at < end; at += 2) {
    const place = <usize>load<u16>(at);
    const byte = into + (place >> 3);
    store<u8>(byte, load<u8>(byte) | ((<u8>1) << (<u8>(place & 7))));
  }
}

/** Two bitsets in one, 32 rows of each in turn, so that one load finds both bits of a row. */
export function pairRows(some: usize, others: usize, into: usize): void {
  for (let word: usize = 0; word < words << 1; word++)
    store<u64>(
      into + (word << 3),
      <u64>load<u32>(some + (word << 2)) | (<u64>load<u32>(others + (word << 2)) << 32),
    );
}

/** One for the first of a pair of bitsets, 2^32 for the second. */
// @ts-ignore: decorator
@inline
function pairAt(pairs: usize, place: u64): u64 {
  return (load<u64>(pairs + <usize>((place >> 5) << 3)) >> (place & 31)) & 0x100000001;
}

/** The same as `countAmong` of a list of places, and of two bitsets made one by `pairRows`. */
export function countListed(list: usize, pairs: usize, into: usize): void {
  let among: u64 = 0;
  let at = list + 4;
  const end = at + (<usize>load<u16>(list) << 1);
  // Four places are one load.
  for (; at + 8 <= end; at += 8) {
    const four = load<u64>(at);
    among += pairAt(pairs, four & 0xffff) + pairAt(pairs, (four >> 16) & 0xffff);
    among += pairAt(pairs, (four >> 32) & 0xffff) + pairAt(pairs, four >> 48);
  }
  for (; at < end; at += 2) among += pairAt(pairs, load<u16>(at));
  store<i32>(into, load<i32>(into) + <i32>among);
  store<i32>(into + 4, load<i32>(into + 4) + <i32>(among >> 32));
}

/** How many of the rows have each code, added to four tables of 256 counters that belong together. */
export function tallyCodes(codes: usize, rows: usize, counts: usize): void {
  for (let word: usize = 0; word < words; word++) {
    let left = load<u64>(rows + (word << 3));
    if (left == u64.MAX_VALUE) {
      // Four tables, lest an increment wait for the one before it.
      for (let place: usize = 0; place < 64; place += 4) {
        const four = load<u32>(codes + place);
        increment(counts + ((four & 255) << 2));
        increment(counts + 1024 + (((four >> 8) & 255) << 2));
        increment(counts + 2048 + (((four >> 16) & 255) << 2));
        increment(counts + 3072 + ((four >> 24) << 2));
      }
    } else
      while (left != 0) {
        const place = <usize>ctz(left);
        left &= left - 1;
        increment(counts + (<usize>load<u8>(codes + place) << 2));
        if (left == 0) break;
        const next = <usize>ctz(left);
        left &= left - 1;
        increment(counts + 1024 + (<usize>load<u8>(codes + next) << 2));
      }
    codes += 64;
  }
}

// @ts-ignore: decorator
@inline
function increment(counter: usize): void {
  store<u32>(counter, load<u32>(counter) + 1);
}

/** MurmurHash3 x86 32 (seed 0) modulo `buckets` of `text` followed by each id: 32 bytes a row, the first its length. */
export function sampleBuckets(ids: usize, rows: i32, text: usize, length: i32, buckets: i32, into: usize): void {
  for (let row = 0; row < rows; row++) {
    const id = ids + (<usize>row << 5);
    const idLength = <i32>load<u8>(id);
    memory.copy(text + length, id + 1, idLength);
    store<u16>(into + (<usize>row << 1), <u16>(murmur(text, length + idLength) % <u32>buckets));
  }
}

function murmur(text: usize, length: i32): u32 {
  let hash: u32 = 0;
  const whole = length & ~3;
  for (let at = 0; at < whole; at += 4) {
    hash ^= mixed(load<u32>(text + at));
    hash = rotl<u32>(hash, 13) * 5 + 0xe6546b64;
  }
  let rest: u32 = 0;
  for (let at = length - 1; at >= whole; at--) rest = (rest << 8) | load<u8>(text + at);
  hash ^= mixed(rest);
  hash ^= <u32>length;
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return hash ^ (hash >> 16);
}

// @ts-ignore: decorator
@inline
function mixed(part: u32): u32 {
  return rotl<u32>(part * 0xcc9e2d51, 15) * 0x1b873593;
}
