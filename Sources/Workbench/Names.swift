import Language

// Foundation has types of these names too; in this target they mean the language's.
package typealias Expression = Language.Expression
package typealias Span = Language.Span
