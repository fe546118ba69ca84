using System.Numerics;

namespace BnNotebooks.Data;

/// <summary>What lies in front of the car, and the colour that a camera sees in each direction.</summary>
sealed class RoadScene(Road road, RoadWeather weather, Random random)
{
    // A pinhole camera: what lies x to the right and z ahead on the ground is seen FocalLength·x/z columns right of the
    // middle and FocalLength·CameraHeight/z rows below the horizon. Lengths are in m.
    const double FocalLength = 24, CameraHeight = 1.6, Horizon = 8, Middle = 16;
    const double HalfRoad = 3.2, EdgeLineFrom = 2.75, EdgeLineTo = 3.0, HalfCentreLine = 0.12, Dash = 3;
    const double SkyDistance = 100; // as far as the fog is concerned

    static readonly Vector3 Asphalt = new(0.30f, 0.30f, 0.33f), Paint = new(0.85f, 0.85f, 0.80f), Mist = new(0.75f, 0.77f, 0.80f);
    static readonly Vector3 LushGrass = new(0.20f, 0.45f, 0.15f), DryGrass = new(0.55f, 0.50f, 0.25f);
    static readonly Vector3 HighSky = new(0.35f, 0.55f, 0.85f), LowSky = new(0.75f, 0.85f, 0.95f);

    readonly float light = (float)(weather.Light * (0.8 + 0.4 * random.NextDouble()));
    readonly Vector3 grass = Mix(LushGrass, DryGrass, random.NextDouble());
    readonly double dashesBegin = 2 * Dash * random.NextDouble();

    /// <summary>The light that reaches the camera at a place of the image, in rows from its top and columns from its left.</summary>
    public Vector3 Seen(double row, double column)
    {
        if (row <= Horizon)
            return light * InFog(Mix(HighSky, LowSky, row / Horizon), SkyDistance);
        var distance = FocalLength * CameraHeight / (row - Horizon);
        var right = distance * (column - Middle) / FocalLength;
        return light * InFog(Ground(Math.Abs(right - road.CentreAt(distance)), distance), distance);
    }

    Vector3 Ground(double fromCentreLine, double distance) => fromCentreLine switch
    {
        > HalfRoad => grass,
        > EdgeLineFrom and < EdgeLineTo => Paint,
        < HalfCentreLine when (distance + dashesBegin) % (2 * Dash) < Dash => Paint,
        _ => Asphalt,
    };

    Vector3 InFog(Vector3 colour, double distance) => Mix(colour, Mist, 1 - Math.Exp(-weather.FogDensity * distance));

    static Vector3 Mix(Vector3 from, Vector3 to, double part) => from + (float)part * (to - from);
}
