namespace RecordHub.Cli.Hub;

// What commands alone print; the rest has the shapes of the service's JSON interface (RecordHub.Server.Api).

/// <summary>A failure, as <c>--json</c> writes it to standard error.</summary>
internal sealed record FailureView(string Error, string Advice);

/// <summary>Which service commands work on from now on, and where that is kept.</summary>
internal sealed record LoginView(Uri Server, string Profile);

/// <summary>What a look at an exported package showed.</summary>
internal sealed record VerifiedView(bool Ok, int Files, string Digest, IReadOnlyList<string> Problems);

/// <summary>What one check of <c>doctor</c> found.</summary>
internal sealed record CheckView(string Check, bool Ok, string Detail, string Advice);
