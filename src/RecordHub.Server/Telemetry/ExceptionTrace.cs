using System.Text;

namespace RecordHub.Server.Telemetry;

/// <summary>What is told of an exception: its type and where it was thrown. Its text may quote what was read. Pure.</summary>
internal static class ExceptionTrace
{
    private const int MostInner = 8;

    /// <summary>The exception and those inside it.</summary>
    internal static string Of(Exception exception)
    {
        StringBuilder text = new();
        Exception? next = exception;
        for (int depth = 0; next is not null && depth < MostInner; depth++, next = next.InnerException)
        {
            text.Append(depth == 0 ? string.Empty : "\n caused by ").Append(next.GetType().FullName);
            if (next.StackTrace is { } trace)
            {
                text.Append('\n').Append(trace);
            }
        }

        return text.ToString();
    }
}
