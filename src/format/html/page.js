(function () {
  'use strict';
  var root = document.documentElement, body = document.body;
  var text = document.getElementById('text'), told = document.getElementById('told');
  var hide = document.getElementById('hide'), dark = document.getElementById('dark');
  var marked = [], current = null;

  // What a browser may forbid to files on disk is not needed: then nothing is remembered.
  function kept(key, value) {
    try {
      if (value === undefined) return localStorage.getItem('enregard-' + key);
      localStorage.setItem('enregard-' + key, value);
    } catch (refused) { return null; }
  }
  function sentence(node) {
    return node && node.closest ? node.closest('.s') : null;
  }
  // A sentence and its partners: they stand in one pair.
  function unit(s) {
    return Array.prototype.filter.call(s.closest('.pair').querySelectorAll('.s'), function (other) {
      return other.dataset.u === s.dataset.u;
    });
  }
  function mark(s) {
    marked.forEach(function (old) { old.classList.remove('on'); });
    marked = s ? unit(s) : [];
    marked.forEach(function (now) { now.classList.add('on'); });
  }
  function english(s) {
    return unit(s).filter(function (part) { return part.parentNode.lang === 'en'; });
  }
  function seen(s, to) {
    english(s).forEach(function (part) {
      part.classList.toggle('seen', to);
      part.setAttribute('aria-hidden', String(!to));
      if (to === false) part.setAttribute('aria-hidden', 'true');
      else part.removeAttribute('aria-hidden');
    });
  }
  function reveal(s) {
    var parts = english(s);
    if (!parts.length) return;
    var to = !parts[0].classList.contains('seen');
    seen(s, to);
    told.lang = to ? 'en' : '';
    told.textContent = to ? parts.map(function (part) { return part.textContent; }).join(' ') : 'Hidden';
  }
  function study(on) {
    body.classList.toggle('study', on);
    hide.setAttribute('aria-pressed', String(on));
    text.querySelectorAll('[lang="en"] > .s').forEach(function (part) {
      part.classList.remove('seen');
      if (on) part.setAttribute('aria-hidden', 'true');
      else part.removeAttribute('aria-hidden');
    });
  }
  function isDark() {
    var theme = root.dataset.theme;
    return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }
  function theme(name) {
    if (name === 'dark' || name === 'light') root.dataset.theme = name;
    dark.setAttribute('aria-pressed', String(isDark()));
  }
  function go(s) {
    if (!s) return;
    if (current) current.removeAttribute('tabindex');
    current = s;
    s.tabIndex = 0;
    s.focus({ preventScroll: true });
    s.scrollIntoView({ block: 'nearest' });
    mark(s);
  }
  function next(step) {
    var all = text.querySelectorAll('[lang="fr"] > .s');
    var from = current && current.parentNode.lang === 'en' ? unit(current)[0] : current;
    var at = from ? Array.prototype.indexOf.call(all, from) : -1;
    go(from ? all[at + step] : all[step > 0 ? 0 : all.length - 1]);
  }

  text.addEventListener('pointerover', function (event) {
    if (event.pointerType !== 'touch') mark(sentence(event.target) || current);
  });
  text.addEventListener('pointerleave', function () { mark(current); });
  text.addEventListener('click', function (event) {
    var s = sentence(event.target);
    if (String(getSelection())) return;
    if (s && body.classList.contains('study')) reveal(s);
    if (current) { current.removeAttribute('tabindex'); }
    current = s;
    mark(s);
  });
  text.addEventListener('focusin', function (event) {
    if (sentence(event.target)) mark(event.target);
  });
  document.addEventListener('keydown', function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    var key = event.key;
    if (key === 'j' || key === 'ArrowRight') next(1);
    else if (key === 'k' || key === 'ArrowLeft') next(-1);
    else if (key === 'h') { study(!body.classList.contains('study')); return; }
    else if (key === 'd') { dark.click(); return; }
    else if (key === 'Escape') { current = null; mark(null); return; }
    else if ((key === 'Enter' || key === ' ') && sentence(event.target)) {
      if (body.classList.contains('study')) reveal(event.target);
    } else return;
    event.preventDefault();
  });
  hide.addEventListener('click', function () { study(hide.getAttribute('aria-pressed') !== 'true'); });
  dark.addEventListener('click', function () {
    var name = isDark() ? 'light' : 'dark';
    kept('theme', name);
    theme(name);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () { theme(); });

  theme(kept('theme'));
  // The contents stand last in the file, which is written in one go; a reader has them first.
  var contents = document.getElementById('contents');
  if (contents) {
    text.before(contents);
    contents.classList.remove('last');
  } else {
    document.querySelector('.to-contents').hidden = true;
  }
  document.querySelector('.tools').hidden = false;
  // A link to a sentence: its unit's id behind the `#`.
  function linked() {
    var id = decodeURIComponent(location.hash.slice(1));
    if (/^[a-z][0-9a-z]{9}$/.test(id)) go(text.querySelector('[lang="fr"] > .s[data-u="' + id + '"]'));
  }
  addEventListener('hashchange', linked);
  linked();
})();
