using System.Runtime.ExceptionServices;
using RecordHub.Documents.Reading;

namespace RecordHub.Documents.Pdf;

/// <summary>Runs work that cannot be cancelled on a thread of its own, with room on the stack, and stops waiting when time is up.</summary>
internal static class PdfThread
{
    private const int StackBytes = 16 << 20;

    public static ExtractedDocument Run(Func<ExtractedDocument> work, ReadContext context)
    {
        ExtractedDocument? result = null;
        ExceptionDispatchInfo? failure = null;
        using ManualResetEventSlim done = new();
        ManualResetEventSlim signal = done;
        Thread thread = new(Work, StackBytes) { IsBackground = true, Name = "pdf" };
        thread.Start();
        done.Wait(context.Stop);
        failure?.Throw();
        return result ?? throw DocumentException.Unreadable("the PDF gave no result", "position unknown");

        void Work()
        {
            try
            {
                result = work();
            }
            catch (Exception broken) when (broken is not (OutOfMemoryException or AccessViolationException))
            {
                // Carried to the waiting caller, where it is judged like any other.
                failure = ExceptionDispatchInfo.Capture(broken);
            }

            try
            {
                signal.Set();
            }
            catch (ObjectDisposedException)
            {
                // The caller stopped waiting.
            }
        }
    }
}
