namespace BnNotebooks.Data;

/// <summary>What the camera has to cope with. Train in one weather and test in another to see a shift of the data.</summary>
/// <param name="Light">The brightness of the day, 1 for noon; each image varies it by up to a fifth.</param>
/// <param name="FogDensity">How much of the view the fog takes, in 1/m: after 1/density metres, 63 % of it.</param>
/// <param name="NoiseStd">The standard deviation of the camera's noise, on the scale of the pixels.</param>
public sealed record RoadWeather(double Light, double FogDensity, double NoiseStd)
{
    /// <summary>Noon, no fog, little noise.</summary>
    public static RoadWeather Clear { get; } = new(1, 0, 0.02);

    /// <summary>A third of the light, and the noise of a camera that makes up for it.</summary>
    public static RoadWeather Dusk { get; } = new(0.35, 0, 0.04);

    /// <summary>Fog that takes 63 % of the view after 12 m.</summary>
    public static RoadWeather Foggy { get; } = new(1, 1 / 12.0, 0.02);
}
