using System.Globalization;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Pulling;

/// <summary>A node answered a query with a failure, or does not take it at all. Never carries a patient's data of ours.</summary>
public sealed class QueryRefusedException : Exception
{
    /// <summary>It does not take the service.</summary>
    public QueryRefusedException(QueryService service)
        : base($"The peer does not take C-{service.ToString().ToUpperInvariant()} (presentation context refused).")
    {
        IsContext = true;
    }

    /// <summary>It answered with a failure.</summary>
    public QueryRefusedException(QueryResult result)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"The peer answered with status {result.Status:X4}{(result.Comment is { } said ? $": {said}" : string.Empty)}."))
    {
    }

    /// <summary>Whether it does not take the service at all.</summary>
    public bool IsContext { get; }
}
