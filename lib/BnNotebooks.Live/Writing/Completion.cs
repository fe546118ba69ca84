using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BnNotebooks.Live.Writing;

/// <summary>A name that could be written, for the editor's list.</summary>
/// <param name="Text">The name.</param>
/// <param name="Kind">What it names: method, property, local …</param>
/// <param name="Signature">Its declaration in short.</param>
sealed record Suggestion(string Text, string Kind, string Signature);

/// <summary>The names that fit at a place in a cell: a value's members behind a dot, else whatever is in scope.</summary>
static class Completion
{
    static readonly SymbolDisplayFormat brief = SymbolDisplayFormat.MinimallyQualifiedFormat;

    public static IReadOnlyList<Suggestion> At(CSharpCompilation compilation, int position)
    {
        var tree = compilation.SyntaxTrees.First();
        var model = compilation.GetSemanticModel(tree);
        var (left, isType) = BeforeDot(tree, model, position);
        var symbols = left is null
            ? model.LookupSymbols(position)
            : model.LookupSymbols(position, left, includeReducedExtensionMethods: true);
        return
        [
            .. symbols
                .Where(symbol => symbol.CanBeReferencedByName && !symbol.IsImplicitlyDeclared)
                .Where(symbol => left is null || left is INamespaceSymbol || symbol is ITypeSymbol || symbol.IsStatic == isType)
                .GroupBy(symbol => symbol.Name)
                .Select(same => new Suggestion(same.Key, same.First().Kind.ToString().ToLowerInvariant(), Signature(same)))
                .OrderBy(suggestion => suggestion.Text, StringComparer.OrdinalIgnoreCase),
        ];
    }

    static string Signature(IGrouping<string, ISymbol> same) =>
        same.First().ToDisplayString(brief) + (same.Count() > 1 ? $" and {same.Count() - 1} more" : "");

    // x.| or x.Na|: what stands before the dot, as a type or a namespace, and whether it is a type itself.
    static (INamespaceOrTypeSymbol? Of, bool IsType) BeforeDot(SyntaxTree tree, SemanticModel model, int position)
    {
        var token = tree.GetRoot().FindToken(Math.Max(0, position - 1));
        var access = token.Parent?.AncestorsAndSelf().FirstOrDefault(node =>
            node is MemberAccessExpressionSyntax a && a.OperatorToken.Span.End <= position && position <= a.Name.Span.End + 1
            || node is QualifiedNameSyntax q && q.DotToken.Span.End <= position && position <= q.Right.Span.End + 1);
        var left = access switch
        {
            MemberAccessExpressionSyntax a => a.Expression,
            QualifiedNameSyntax q => (ExpressionSyntax)q.Left,
            _ => null,
        };
        if (left is null)
            return (null, false);
        return model.GetSymbolInfo(left).Symbol switch
        {
            INamespaceSymbol space => (space, true),
            INamedTypeSymbol type => (type, true),
            _ => (model.GetTypeInfo(left).Type, false),
        };
    }
}
