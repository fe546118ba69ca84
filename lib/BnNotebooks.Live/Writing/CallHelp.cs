using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BnNotebooks.Live.Writing;

/// <summary>The forms of a call that is being written.</summary>
/// <param name="Signatures">Each form.</param>
/// <param name="Active">Which parameter is being written, from 0.</param>
sealed record CallHelp(IReadOnlyList<CallForm> Signatures, int Active)
{
    /// <summary>The call around a place, or null.</summary>
    public static CallHelp? At(CSharpCompilation compilation, int position)
    {
        var tree = compilation.SyntaxTrees.First();
        var model = compilation.GetSemanticModel(tree);
        var arguments = tree.GetRoot().FindToken(Math.Max(0, position - 1)).Parent?.AncestorsAndSelf()
            .OfType<ArgumentListSyntax>()
            .FirstOrDefault(list => list.OpenParenToken.Span.End <= position && (list.CloseParenToken.IsMissing || position <= list.CloseParenToken.SpanStart));
        IEnumerable<ISymbol> methods = arguments?.Parent switch
        {
            InvocationExpressionSyntax call => model.GetMemberGroup(call.Expression),
            BaseObjectCreationExpressionSyntax made when model.GetTypeInfo(made).Type is INamedTypeSymbol type =>
                type.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public),
            _ => [],
        };
        CallForm[] forms = [.. methods.OfType<IMethodSymbol>().Select(CallForm.Of)];
        return forms.Length == 0 ? null : new(forms, arguments!.Arguments.GetSeparators().Count(comma => comma.SpanStart < position));
    }
}

/// <summary>One form of a call.</summary>
/// <param name="Text">The whole of it.</param>
/// <param name="Parameters">Its parameters.</param>
sealed record CallForm(string Text, IReadOnlyList<string> Parameters)
{
    public static CallForm Of(IMethodSymbol method) => new(
        method.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
        [.. method.Parameters.Select(parameter => parameter.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat))]);
}
