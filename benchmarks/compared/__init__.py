"""What this engine and its peers do, by trying it: python -m benchmarks.compared"""
