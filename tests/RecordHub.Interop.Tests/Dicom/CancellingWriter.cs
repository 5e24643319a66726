using System.Globalization;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>Keeps what a command writes, and cancels it, as Ctrl-C does, at the first line that holds a word.</summary>
internal sealed class CancellingWriter(string word, CancellationTokenSource cancel) : StringWriter(CultureInfo.InvariantCulture)
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(word, StringComparison.Ordinal) == true)
        {
            cancel.Cancel();
        }
    }
}
