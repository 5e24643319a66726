namespace RecordHub.Server.Hosting;

/// <summary>The service cannot start as it is configured or where it is; the message is one sentence saying what to do.</summary>
public sealed class StartRefusedException(string advice, Exception? inner = null) : Exception(advice, inner);
