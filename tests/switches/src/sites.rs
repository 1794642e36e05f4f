//! Where the switches of a file go: the places in its syntax tree that its mutants name.
//!
//! Here nothing is written: a `Site` says which bytes a switch stands around and what it offers instead.

use std::collections::HashMap;
use std::ops::Range;

use proc_macro2::{LineColumn, Span};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, Block, Expr, ReturnType, Signature};

use crate::list::{Genre, Mutant, State};
use crate::precedence;

/// A part of the source with switches around it.
#[derive(Debug)]
pub struct Site {
    /// In bytes.
    pub range: Range<usize>,
    pub kind: Kind,
    /// Each mutant with the text that stands for the part while it is alive (for a guard: `true` or `false`; none for a deleted arm).
    pub options: Vec<(u32, Option<String>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A function's statements: the function returns at once.
    Body,
    /// A match arm without a guard; the range is empty, after its pattern.
    Arm,
    Guard,
    /// A guard with `let`, which cannot stand in parentheses.
    LetGuard,
    /// An expression.
    Value,
    /// A whole `match` with arms that can be deleted: nothing is written, but an error may say that the other arms do not cover all.
    Match,
}

/// Finds the sites of this file's mutants. A mutant without one is marked as unswitched or uncompilable.
pub fn sites(source: &str, mutants: &mut [&mut Mutant]) -> syn::Result<Vec<Site>> {
    let file = syn::parse_file(source)?;
    let mut places: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, mutant) in mutants.iter().enumerate() {
        places.entry((mutant.genre, mutant.line, mutant.column)).or_default().push(at);
    }
    let mut finder =
        Finder { source, mutants, places, constant: false, chain: Vec::new(), sites: Vec::new() };
    finder.visit_file(&file);
    let Finder { places, sites, .. } = finder;
    for at in places.into_values().flatten() {
        mutants[at].drop_as(State::Unswitched, "its place was not found");
    }
    Ok(sites)
}

struct Finder<'s, 'm> {
    source: &'s str,
    mutants: &'s mut [&'m mut Mutant],
    /// The mutants still to be found, by the start of their span.
    places: HashMap<(Genre, usize, usize), Vec<usize>>,
    /// Whether this is evaluated when it is compiled.
    constant: bool,
    /// The operations that the current expression is a direct operand of, outermost first.
    chain: Vec<Part>,
    sites: Vec<Site>,
}

#[derive(Clone)]
struct Part {
    range: Range<usize>,
    has_let: bool,
}

impl Finder<'_, '_> {
    /// The mutants of this genre that start here; each is taken once. None where no switch can be asked.
    fn take(&mut self, genre: Genre, start: LineColumn) -> Vec<usize> {
        let found = self.places.remove(&(genre, start.line, start.column + 1)).unwrap_or_default();
        if self.constant {
            self.drop(&found, State::Unswitched, "it is evaluated at compile time");
            return Vec::new();
        }
        found
    }

    /// The mutants of this genre that start here and are still to be taken.
    fn listed(&self, genre: Genre, start: LineColumn) -> Vec<usize> {
        self.places.get(&(genre, start.line, start.column + 1)).cloned().unwrap_or_default()
    }

    fn drop(&mut self, found: &[usize], state: State, why: &str) {
        for &at in found {
            self.mutants[at].drop_as(state, why);
        }
    }

    fn add(&mut self, kind: Kind, range: Range<usize>, mutant: usize, text: Option<String>) {
        let key = self.mutants[mutant].key;
        match self.sites.iter_mut().find(|site| site.kind == kind && site.range == range) {
            Some(site) => site.options.push((key, text)),
            None => self.sites.push(Site { range, kind, options: vec![(key, text)] }),
        }
    }

    fn function(&mut self, signature: &Signature, block: &Block) {
        let Some(first) = block.stmts.first() else { return };
        let outer = std::mem::replace(&mut self.constant, signature.constness.is_some());
        let found = self.take(Genre::FnValue, first.span().start());
        if has_impl(&signature.output) {
            self.drop(&found, State::Unswitched, "it returns an `impl` type");
        } else {
            let range = block.brace_token.span.open().byte_range().end..bytes(block.span()).end;
            for at in found {
                let text = self.mutants[at].replacement.clone();
                self.add(Kind::Body, range.clone(), at, Some(text));
            }
        }
        let chain = std::mem::take(&mut self.chain);
        visit::visit_block(self, block);
        self.chain = chain;
        self.constant = outer;
    }

    fn in_constant(&mut self, constant: bool, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.constant, constant);
        visit(self);
        self.constant = outer;
    }

    /// The operators of one operation.
    fn operator(&mut self, operator: &syn::BinOp) {
        let found = self.take(Genre::BinaryOperator, operator.span().start());
        for at in found {
            let replacement = self.mutants[at].replacement.clone();
            let around: Vec<Range<usize>> = self.chain.iter().rev().map(|part| part.range.clone()).collect();
            let range = bytes(operator.span());
            let Some(smallest) = precedence::smallest(self.source, &around, &range, &replacement) else {
                self.drop(&[at], State::Uncompilable, "it is no Rust");
                continue;
            };
            let part = self.chain[self.chain.len() - 1 - smallest].clone();
            if part.has_let {
                self.drop(&[at], State::Uncompilable, "a `let` can only be joined by `&&`");
                continue;
            }
            let text = precedence::with(self.source, &part.range, &range, &replacement);
            self.add(Kind::Value, part.range, at, Some(text));
        }
    }

    /// A field that is left to the struct's base.
    fn field(&mut self, whole: &syn::ExprStruct, at_field: usize) {
        let field = &whole.fields[at_field];
        for at in self.take(Genre::StructField, field.span().start()) {
            let (range, mut gap) = (bytes(whole.span()), bytes(field.span()));
            gap.end = match whole
                .fields
                .pairs()
                .nth(at_field)
                .and_then(|pair| pair.punct().map(|comma| comma.span()))
            {
                Some(comma) => bytes(comma).end,
                None => gap.end,
            };
            let text = precedence::with(self.source, &range, &gap, "");
            self.add(Kind::Value, range, at, Some(text));
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_, '_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.in_constant(true, |finder| visit::visit_item_const(finder, item));
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.in_constant(true, |finder| visit::visit_impl_item_const(finder, item));
    }

    fn visit_trait_item_const(&mut self, item: &'ast syn::TraitItemConst) {
        self.in_constant(true, |finder| visit::visit_trait_item_const(finder, item));
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.in_constant(true, |finder| visit::visit_item_static(finder, item));
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.in_constant(true, |finder| visit::visit_item_enum(finder, item));
    }

    fn visit_expr_const(&mut self, block: &'ast syn::ExprConst) {
        self.in_constant(true, |finder| visit::visit_expr_const(finder, block));
    }

    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
        self.in_constant(true, |finder| finder.visit_expr(&repeat.len));
    }

    fn visit_type(&mut self, each: &'ast syn::Type) {
        self.in_constant(true, |finder| visit::visit_type(finder, each));
    }

    fn visit_generic_argument(&mut self, argument: &'ast syn::GenericArgument) {
        self.in_constant(true, |finder| visit::visit_generic_argument(finder, argument));
    }

    fn visit_pat(&mut self, _: &'ast syn::Pat) {}

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        // Also in a constant (`LazyLock::new(|| …)`) it is called when the program runs.
        self.in_constant(closure.constness.is_some(), |finder| visit::visit_expr_closure(finder, closure));
    }

    fn visit_expr_struct(&mut self, whole: &'ast syn::ExprStruct) {
        for at in 0..whole.fields.len() {
            self.field(whole, at);
        }
        visit::visit_expr_struct(self, whole);
    }

    fn visit_expr_match(&mut self, whole: &'ast syn::ExprMatch) {
        let arms = whole.arms.iter().flat_map(|arm| self.listed(Genre::MatchArm, arm.span().start()));
        for at in arms.collect::<Vec<_>>() {
            self.add(Kind::Match, bytes(whole.span()), at, None);
        }
        visit::visit_expr_match(self, whole);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let guard = arm.guard.as_ref().map(|(_, guard)| &**guard);
        let (kind, range) = match guard {
            Some(guard) if precedence::has_let(guard) => (Kind::LetGuard, bytes(guard.span())),
            Some(guard) => (Kind::Guard, bytes(guard.span())),
            None => (Kind::Arm, bytes(arm.pat.span()).end..bytes(arm.pat.span()).end),
        };
        for at in self.take(Genre::MatchArm, arm.span().start()) {
            self.add(kind, range.clone(), at, None);
        }
        let found =
            guard.map_or_else(Vec::new, |guard| self.take(Genre::MatchArmGuard, guard.span().start()));
        if kind == Kind::LetGuard {
            self.drop(&found, State::Unswitched, "the guard binds names");
        } else {
            for at in found {
                let text = self.mutants[at].replacement.clone();
                self.add(kind, range.clone(), at, Some(text));
            }
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Binary(operation) => {
                let has_let = precedence::has_let(expression);
                self.chain.push(Part { range: bytes(expression.span()), has_let });
                self.operator(&operation.op);
                self.visit_expr(&operation.left);
                self.visit_expr(&operation.right);
                self.chain.pop();
            }
            Expr::Let(condition) => {
                self.chain.push(Part { range: bytes(expression.span()), has_let: true });
                self.visit_expr(&condition.expr);
                self.chain.pop();
            }
            _ => {
                if let Expr::Unary(unary) = expression {
                    for at in self.take(Genre::UnaryOperator, unary.op.span().start()) {
                        let (range, operator) = (bytes(unary.span()), bytes(unary.op.span()));
                        let text = precedence::with(self.source, &range, &operator, "");
                        self.add(Kind::Value, range, at, Some(text));
                    }
                }
                let chain = std::mem::take(&mut self.chain);
                visit::visit_expr(self, expression);
                self.chain = chain;
            }
        }
    }
}

fn bytes(span: Span) -> Range<usize> {
    span.byte_range()
}

/// Whether a function returns something that only its body names: two bodies would be two types.
fn has_impl(output: &ReturnType) -> bool {
    struct Found(bool);
    impl<'ast> Visit<'ast> for Found {
        fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut found = Found(false);
    found.visit_return_type(output);
    found.0
}
