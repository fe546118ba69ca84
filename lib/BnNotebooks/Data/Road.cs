namespace BnNotebooks.Data;

/// <summary>The piece of road ahead of a car, and where the car is on it. Right is positive throughout.</summary>
/// <param name="Curvature">How the road bends, in 1/m: 1/radius, positive for a bend to the right.</param>
/// <param name="Offset">How far the car is from the road's centre line, in m, positive for a car to the right of it.</param>
/// <param name="Heading">Where the car points as against the road, in rad, positive for a car that points to the right.</param>
public readonly record struct Road(double Curvature, double Offset, double Heading)
{
    internal const double MaxCurvature = 0.04, MaxOffset = 1, MaxHeading = 0.1;
    const double LookAhead = 10; // m

    /// <summary>The most that one would have to steer on any road within the limits, which <see cref="Steering"/> calls 1.</summary>
    static readonly double Sharpest = new Road(MaxCurvature, -MaxOffset, -MaxHeading).Arc;

    /// <summary>
    /// The right steering, from -1 (hard left) to 1 (hard right): the curvature of the arc that takes the car to the centre
    /// line 10 m ahead, as in pure pursuit (Coulter 1992), over the sharpest arc that a road of this generator asks for.
    /// </summary>
    public double Steering => Arc / Sharpest;

    /// <summary>In 1/m. A circle that leaves straight ahead has left the axis by x after z metres if its curvature is 2x/z².</summary>
    double Arc => 2 * CentreAt(LookAhead) / (LookAhead * LookAhead);

    /// <summary>How far to the right of the car's axis the centre line lies, in m.</summary>
    /// <param name="distance">The distance ahead, in m. Good for small angles, as here.</param>
    public double CentreAt(double distance) => Curvature * distance * distance / 2 - Offset - Heading * distance;

    /// <summary>A road drawn uniformly within the limits.</summary>
    internal static Road Draw(Random random)
    {
        return new(Within(MaxCurvature), Within(MaxOffset), Within(MaxHeading));

        double Within(double limit) => limit * (2 * random.NextDouble() - 1);
    }
}
