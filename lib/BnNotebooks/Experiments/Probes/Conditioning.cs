using MathNet.Numerics.LinearAlgebra;

namespace BnNotebooks.Experiments;

/// <summary>How narrow the valley is that gradient descent meets on a table of data.</summary>
public static class Conditioning
{
    /// <summary>
    /// κ, the condition number of the Hessian of a linear model with a bias and the mean squared error, H = XᵀX/n with a column of
    /// ones in X: the curvature of the steepest direction as a multiple of that of the flattest. Columns that never change say
    /// nothing that the bias does not, and are left out.
    /// </summary>
    /// <param name="columns">The data, a list of numbers for each column, all of one length.</param>
    /// <returns>At least 1; infinite where a column is a combination of others.</returns>
    /// <exception cref="ArgumentException">No column changes.</exception>
    public static double Kappa(IEnumerable<IReadOnlyList<double>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        double[][] changing = [.. columns.Where(column => column.Any(value => value != column[0])).Select(column => column.ToArray())];
        if (changing.Length == 0)
            throw new ArgumentException("Expected a column whose values differ, but there is none.", nameof(columns));
        double[][] all = [.. changing, [.. changing[0].Select(_ => 1.0)]];
        return Math.Pow(Matrix<double>.Build.DenseOfColumnArrays(all).Svd(computeVectors: false).ConditionNumber, 2);
    }
}
