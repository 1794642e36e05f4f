// A list of which only what is seen is in the page: ten thousand units scroll as ten do.

/** Sums of heights that change one by one (Fenwick 1994). */
class Sums {
  constructor(values) {
    this.tree = new Float64Array(values.length + 1);
    for (let at = 1; at <= values.length; at += 1) {
      this.tree[at] += values[at - 1];
      const up = at + (at & -at);
      if (up <= values.length) this.tree[up] += this.tree[at];
    }
  }
  add(at, by) {
    for (let i = at + 1; i < this.tree.length; i += i & -i) this.tree[i] += by;
  }
  before(at) {
    let sum = 0;
    for (let i = at; i > 0; i -= i & -i) sum += this.tree[i];
    return sum;
  }
  /** The last place whose sum before it is at most `y`. */
  find(y) {
    let at = 0;
    let left = y;
    let step = 1;
    while (step * 2 < this.tree.length) step *= 2;
    for (; step > 0; step >>= 1) {
      if (at + step < this.tree.length && this.tree[at + step] <= left) {
        at += step;
        left -= this.tree[at];
      }
    }
    return at;
  }
}

const OVER = 500;

export class List {
  /** `row(at)` gives a node, the same one for the same unit; `guess(width)` a function from places to heights before they were seen; `shown(from, to)` hears what is seen. */
  constructor(scroller, { row, guess, shown }) {
    this.scroller = scroller;
    this.row = row;
    this.guess = guess;
    this.shown = shown;
    this.sizer = document.createElement("div");
    this.sizer.className = "sizer";
    this.sizer.setAttribute("role", "presentation");
    this.window = document.createElement("div");
    this.window.className = "window";
    this.window.setAttribute("role", "list");
    this.sizer.append(this.window);
    scroller.append(this.sizer);
    this.count = 0;
    this.width = 0;
    this.onscroll = () => this.soon();
    scroller.addEventListener("scroll", this.onscroll, { passive: true });
    this.watcher = new ResizeObserver(() => this.soon());
    this.watcher.observe(scroller);
    this.watcher.observe(this.window);
  }

  close() {
    this.scroller.removeEventListener("scroll", this.onscroll);
    this.watcher.disconnect();
    cancelAnimationFrame(this.frame);
  }

  /** Begins anew with so many rows. */
  reset(count) {
    this.count = count;
    this.measure();
    this.lay();
  }

  measure() {
    this.width = this.scroller.clientWidth;
    this.heights = new Float64Array(this.count);
    const guess = this.guess(this.width);
    for (let at = 0; at < this.count; at += 1) this.heights[at] = guess(at);
    this.sums = new Sums(this.heights);
  }

  soon() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.lay();
    });
  }

  /** Puts the rows into the page that are seen, or nearly. */
  lay() {
    if (!this.sums) return;
    if (this.scroller.clientWidth !== this.width && this.count) {
      const top = this.first();
      this.measure();
      this.scroller.scrollTop = this.sums.before(top);
    }
    const top = this.scroller.scrollTop;
    const height = this.scroller.clientHeight;
    const anchor = Math.min(this.sums.find(top), Math.max(this.count - 1, 0));
    const within = top - this.sums.before(anchor);
    const from = Math.max(0, Math.min(this.sums.find(Math.max(0, top - OVER)), this.count - 1));
    const to = Math.min(this.count, this.sums.find(top + height + OVER) + 1);
    const rows = [];
    for (let at = from; at < to; at += 1) rows.push(this.row(at));
    const wanted = new Set(rows);
    for (const node of [...this.window.children]) if (!wanted.has(node)) node.remove();
    let before = this.window.firstChild;
    for (const node of rows) {
      if (node === before) before = before.nextSibling;
      else this.window.insertBefore(node, before);
    }
    let moved = 0;
    const real = rows.map((node) => node.getBoundingClientRect().height);
    real.forEach((found, index) => {
      const at = from + index;
      const by = found - this.heights[at];
      if (Math.abs(by) < 0.5) return;
      this.heights[at] = found;
      this.sums.add(at, by);
      if (at < anchor) moved += by;
    });
    this.window.style.transform = `translateY(${this.sums.before(from)}px)`;
    this.sizer.style.height = `${this.sums.before(this.count)}px`;
    if (Math.abs(moved) > 0.5) this.scroller.scrollTop = this.sums.before(anchor) + within;
    this.from = from;
    this.to = to;
    this.shown?.(from, to);
  }

  /** The first row that is seen. */
  first() {
    return this.sums ? Math.min(this.sums.find(this.scroller.scrollTop + 1), Math.max(0, this.count - 1)) : 0;
  }

  /** Brings a row into sight; `where`: 0 at the top, 0.5 in the middle, none: only if it is out of sight. */
  show(at, where) {
    if (at < 0 || at >= this.count) return;
    for (let round = 0; round < 3; round += 1) {
      const top = this.sums.before(at);
      const height = this.heights[at];
      const view = this.scroller.clientHeight;
      const now = this.scroller.scrollTop;
      const margin = Math.min(96, view / 5);
      let to = now;
      if (where !== undefined) to = top - Math.max(0, (view - height) * where);
      else if (top < now + margin) to = top - margin;
      else if (top + height > now + view - margin) to = Math.min(top - margin, top + height - view + margin);
      // Not beyond the ends, where the list would be laid again and again for nothing.
      to = Math.max(0, Math.min(to, this.scroller.scrollHeight - view));
      if (Math.abs(to - now) < 1 && at >= (this.from ?? 0) && at < (this.to ?? 0)) break;
      this.scroller.scrollTop = to;
      this.lay();
    }
  }
}
