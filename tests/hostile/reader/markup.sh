echo '<script>alert(1)</script></pre></samp></figure>" onload="alert(1)" {{ 7*7 }} {% raw %} **bold** [x](javascript:alert(1))'
