[assembly: System.Runtime.Versioning.SupportedOSPlatform("browser")]

// The runtime wants an entry point, and keeps the process alive after it; the page calls what has [JSExport].
return;
