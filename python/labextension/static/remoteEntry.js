// The language of Attune's cells and files for JupyterLab 4 and Notebook 7: colours, comments, indentation.
// Written by hand: no build step and no npm.

// A module-federation container written by hand: JupyterLab calls init with its share scope, then asks for './extension'.
(() => {
  'use strict';

  let shared;

  /// The module that JupyterLab itself runs: the shared version that is loaded, else the one that the core brings.
  async function take(name) {
    const versions = Object.values(shared[name] ?? {});
    const version = versions.find(v => v.loaded) ?? versions.find(v => v.from.includes('application')) ?? versions[0];
    if (!version) throw new Error(`attune: ${name} is not shared by this JupyterLab`);
    return (await version.get())();
  }

  const words = text => new Set(text.split(' '));
  // words: made from the program; `ATTUNE_WRITE_PAGES=1 swift test --filter PageTests` writes these lines anew.
  const COMMANDS = words('ask bench best calibrate clear compare data describe enqueue evaluate exit explain export find_learning_rate help import importance load network plot predict print quit report reset retrain save set show space study tell train trials tune watch');
  const KEYWORDS = words('and in not or step subject to when');
  const LITERALS = words('False None True false none true');
  // end of words

  const NAME = /^[\p{L}_][\p{L}\p{N}_]*/u;
  const NUMBER = /^(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.(?![.\p{L}_])[\d_]*|\d[\d_]*\.\d[\d_]*|\.\d[\d_]*|\d[\d_]*)(?:[eE][+-]?\d+)?(?:s|min|h)?)/u;

  /// The rest of a string that started with `quote`, up to its end or the line's.
  function string(stream, state) {
    const quote = state.quote;
    while (!stream.eol()) {
      if (stream.match(quote)) { state.quote = null; return 'string'; }
      if (stream.next() === '\\' && !state.raw) stream.next();
    }
    if (quote.length === 1) state.quote = null;
    return 'string';
  }

  function symbol(stream, state) {
    const c = stream.next();
    if ('([{'.includes(c)) { state.depth += 1; return 'bracket'; }
    if (')]}'.includes(c)) { state.depth = Math.max(0, state.depth - 1); return 'bracket'; }
    if (c === ';') { state.first = true; state.command = false; return 'punctuation'; }
    if (c === '?') return 'meta';
    if (c === '\\' && stream.match(/^\s*$/, false)) { state.goesOn = true; return 'punctuation'; }
    if (c === '.' && stream.eat('.')) return 'operator';
    if ('+-*/<>=!'.includes(c)) { stream.match(/^[*/=]/); return 'operator'; }
    if (',:.'.includes(c)) return 'punctuation';
    return null;
  }

  /// The first word of a statement: a command, a parameter of `space`, or a name that is assigned.
  function firstWord(stream, state, word) {
    if (stream.match(/^\s*=(?!=)/, false)) return 'def';
    if (state.block && state.indent > 0) {
      if (word === 'subject') { state.constraint = true; return 'keyword'; }
      return 'def';
    }
    if (COMMANDS.has(word) && !stream.match(/^(?:\.|\[|\s+(?:[-+*/<>]=?|\*\*|[=!]=|and|or|in|not)\s)/, false)) {
      state.command = true;
      state.block = word === 'space';
      return 'keyword';
    }
    return 'variable';
  }

  const parser = {
    name: 'attune',
    startState: () => ({ quote: null, raw: false, depth: 0, first: true, command: false, block: false, indent: 0, goesOn: false, constraint: false }),
    token(stream, state) {
      if (state.quote) return string(stream, state);
      if (stream.sol()) {
        if (state.depth === 0 && !state.goesOn) {
          state.first = true;
          state.command = state.constraint = false;
          state.indent = stream.indentation();
          if (state.indent === 0 && !stream.match(/^\s*(?:#|$)/, false)) state.block = false;
        }
        state.goesOn = false;
      }
      if (stream.eatSpace()) return null;
      if (stream.eat('#')) { stream.skipToEnd(); return 'comment'; }
      const opening = stream.match(/^([rR]?)('''|"""|'|")/);
      if (opening) {
        state.first = false;
        state.raw = opening[1] !== '';
        state.quote = opening[2];
        return string(stream, state);
      }
      if (stream.match(NUMBER)) { state.first = false; return 'number'; }
      if (stream.match(/^[%?]/)) return 'meta';
      const name = stream.match(NAME);
      if (!name) { state.first = false; return symbol(stream, state); }
      const word = name[0];
      if (state.first) { state.first = false; return firstWord(stream, state, word); }
      if (LITERALS.has(word)) return 'atom';
      if (KEYWORDS.has(word)) {
        if (word === 'to' && !state.constraint) return stream.match(/^\s*=(?!=)/, false) ? 'attribute' : 'variable';
        return stream.match(/^\s*=(?!=)/, false) ? 'attribute' : 'keyword';
      }
      if (stream.match(/^\s*=(?!=)/, false)) return 'attribute';
      if (stream.match(/^\(/, false)) return 'builtin';
      return 'variable';
    },
    /// Lines under `space` start four columns in; the others keep their place.
    indent(state, textAfter, context) {
      if (state.quote) return null;
      if (state.depth > 0) return context.unit + state.indent;
      return state.block && state.indent === 0 ? context.unit : state.indent;
    },
    languageData: {
      commentTokens: { line: '#' },
      closeBrackets: { brackets: ['(', '[', '{', '"', "'"] },
    },
  };

  async function extension() {
    const [{ IEditorLanguageRegistry }, { StreamLanguage, LanguageSupport }] =
      await Promise.all([take('@jupyterlab/codemirror'), take('@codemirror/language')]);
    const plugin = {
      id: 'attune:language',
      description: 'Colours, comments and indents Attune.',
      autoStart: true,
      requires: [IEditorLanguageRegistry],
      activate: (app, languages) => {
        languages.addLanguage({
          name: 'attune', displayName: 'Attune', mime: 'text/x-attune', extensions: ['attune'],
          load: async () => new LanguageSupport(StreamLanguage.define(parser)),
        });
        app.docRegistry.addFileType({
          name: 'attune', displayName: 'Attune File', extensions: ['.attune'], mimeTypes: ['text/x-attune'],
        });
      },
    };
    return { __esModule: true, default: plugin };
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['attune'] = {
    init(scope) { shared = scope; },
    async get(module) {
      if (module !== './extension') throw new Error(`attune: there is no module ${module}`);
      // Another host (JupyterLab 3, Voilà) shares less: then there is nothing to add.
      const exports = await extension().catch(error => (console.info(String(error)), { __esModule: true, default: [] }));
      return () => exports;
    },
  };
})();
