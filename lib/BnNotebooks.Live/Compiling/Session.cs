using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BnNotebooks.Live.Compiling;

/// <summary>
/// The cells of one page in the order in which they were run: each sees the variables, functions and usings of those before, as in
/// a notebook (a chain of script submissions). A cell that fails leaves no link in the chain.
/// </summary>
sealed class Session
{
    /// <summary>Where the positions of errors are counted; files that a cell loads have names of their own.</summary>
    public const string CellPath = "cell";

    static readonly CSharpParseOptions parsing = new(LanguageVersion.Latest, kind: SourceCodeKind.Script, preprocessorSymbols: ["BROWSER"]);

    // The usings are those that a C# kernel of .NET Interactive begins with.
    static readonly CSharpCompilationOptions options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: ["System", "System.IO", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq", "BnNotebooks.Live.Page"],
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        concurrentBuild: false, // a worker has one thread
        sourceReferenceResolver: CourseFiles.Scripts,
        metadataReferenceResolver: CourseFiles.Assemblies);

    readonly List<object?> states = [null]; // the first place is that of a host's object, and we have none
    static readonly Dictionary<string, Assembly> emitted = [];
    static int names;
    CSharpCompilation? last;

    static Session() => AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => emitted.GetValueOrDefault(new AssemblyName(wanted.Name).Name!);

    /// <summary>Some code compiled after all that ran.</summary>
    public CSharpCompilation Compile(string code) => CSharpCompilation.CreateScriptCompilation(
        $"cell-{++names}", CSharpSyntaxTree.ParseText(code, parsing, CellPath), References.All, options, last, typeof(object));

    /// <summary>Compiles and runs some code.</summary>
    /// <returns>The value of its last expression, or null where it ends otherwise; and why it did not compile.</returns>
    public async Task<(object? Value, IReadOnlyList<Diagnostic> Errors)> Run(string code)
    {
        var compilation = Compile(code);
        using var image = new MemoryStream();
        var compiled = compilation.Emit(image);
        if (!compiled.Success)
            return (null, [.. compiled.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)]);

        var assembly = emitted[compilation.AssemblyName!] = Assembly.Load(image.ToArray());
        var entry = compilation.GetEntryPoint(default)!;
        var factory = assembly.GetType(entry.ContainingType.MetadataName)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
        object?[] submissions = [.. states, null]; // the cell puts itself into the last place
        var value = await factory(submissions);
        states.Add(submissions[^1]);
        last = compilation;
        return (EndsInExpression(compilation) ? value : null, []);
    }

    static bool EndsInExpression(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.First(tree => tree.FilePath == CellPath).GetCompilationUnitRoot().Members.LastOrDefault()
            is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } };
}
