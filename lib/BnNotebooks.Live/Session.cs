using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BnNotebooks.Live;

/// <summary>
/// The cells of one page in the order in which they were run: each sees the variables, functions and usings of those before,
/// as in a notebook (a chain of script submissions).
/// </summary>
sealed class Session
{
    static readonly CSharpParseOptions parsing = new(LanguageVersion.Latest, kind: SourceCodeKind.Script, preprocessorSymbols: ["BROWSER"]);

    readonly Dictionary<string, Assembly> loaded = [];
    readonly List<object?> states = [null]; // the first place is that of a host object, which we have none of
    CSharpCompilation? last;

    public Session() => AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) =>
        loaded.GetValueOrDefault(new AssemblyName(wanted.Name).Name!);

    static readonly CSharpCompilationOptions compiling = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: ["System", "System.IO", "System.Text", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"],
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Disable,
        concurrentBuild: false, // the page has one thread
        sourceReferenceResolver: CourseFiles.Resolver,
        metadataReferenceResolver: CourseFiles.References);

    /// <summary>The compilation of some code after all that was run.</summary>
    public CSharpCompilation Compile(string code) => CSharpCompilation.CreateScriptCompilation(
        $"cell{states.Count}",
        CSharpSyntaxTree.ParseText(code, parsing, path: "cell"),
        References.All,
        compiling,
        last,
        typeof(object));

    /// <summary>Runs some code, and gives the value of its last expression.</summary>
    public async Task<Ran> Run(string code)
    {
        var compilation = Compile(code);
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        if (!emitted.Success)
            return new(false, null, [.. emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)]);

        var assembly = Assembly.Load(image.ToArray());
        loaded[compilation.AssemblyName!] = assembly;
        var entry = compilation.GetEntryPoint(default)!;
        var method = assembly.GetType(entry.ContainingType.MetadataName)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        last = compilation;
        object?[] submissions = [.. states, null];
        var task = method.CreateDelegate<Func<object?[], Task<object?>>>()(submissions);
        states.Add(submissions[^1]);
        var value = await task;
        return new(EndsInExpression(compilation), value, []);
    }

    static bool EndsInExpression(CSharpCompilation compilation) =>
        compilation.SyntaxTrees[^1].GetCompilationUnitRoot().Members.LastOrDefault()
            is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } };
}

/// <summary>What became of a cell.</summary>
/// <param name="HasValue">Whether its last line is an expression with a value.</param>
/// <param name="Value">That value.</param>
/// <param name="Errors">Why it did not compile.</param>
sealed record Ran(bool HasValue, object? Value, IReadOnlyList<Diagnostic> Errors);
